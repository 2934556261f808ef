package org.cistern.freshness;

/** What is to be done with a request, and why. */
public sealed interface Verdict {

  /** Returns why. */
  Reason reason();

  /** Tells whether the stored answer goes to the client now. */
  default boolean serves() {
    return false;
  }

  /** Tells whether the stored answer that goes to the client is stale. */
  default boolean isStale() {
    return false;
  }

  /** Tells whether the stored answer is to be refreshed in the background, in one flight. */
  default boolean refreshes() {
    return false;
  }

  /** Tells whether the upstream is asked if the stored answer still holds. */
  default boolean revalidates() {
    return false;
  }

  /** Tells whether the client waits for the upstream, asked with a condition or without. */
  default boolean asksUpstream() {
    return false;
  }

  /** Tells whether the client gets a 504 (RFC 9111 section 5.2.1.7). */
  default boolean refuses() {
    return false;
  }

  /** The stored answer is fresh and goes out. */
  record Serve(Reason reason, boolean refreshes) implements Verdict {

    /** The verdict of nearly every hit, made once. */
    public static final Serve FRESH = new Serve(Reason.FRESH, false);

    /** The same for an answer that a hot key should have refreshed. */
    public static final Serve AHEAD = new Serve(Reason.REFRESH_AHEAD, true);

    @Override
    public boolean serves() {
      return true;
    }
  }

  /** The stored answer is stale and goes out nevertheless. */
  record ServeStale(Reason reason, boolean refreshes) implements Verdict {
    @Override
    public boolean serves() {
      return true;
    }

    @Override
    public boolean isStale() {
      return true;
    }
  }

  /** The upstream is asked with the validators of the stored answer. */
  record Revalidate(Reason reason) implements Verdict {
    @Override
    public boolean revalidates() {
      return true;
    }

    @Override
    public boolean asksUpstream() {
      return true;
    }
  }

  /** The upstream is asked for the whole. */
  record Fetch(Reason reason) implements Verdict {
    @Override
    public boolean asksUpstream() {
      return true;
    }
  }

  /** The client gets a 504. */
  record Refuse(Reason reason) implements Verdict {
    @Override
    public boolean refuses() {
      return true;
    }
  }
}
