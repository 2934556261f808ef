package org.cistern.flight;

import org.cistern.upstream.message.BrokenOff;
import org.jspecify.annotations.Nullable;

/**
 * A passenger's stream was broken off by its flight, and why; it is an outcome, without a trace.
 */
public final class StreamReset extends RuntimeException implements BrokenOff {

  private static final long serialVersionUID = 1L;

  private final Cause cause;

  StreamReset(Cause cause, @Nullable Throwable below) {
    super(cause.label(), below, false, false);
    this.cause = cause;
  }

  static StreamReset of(Cause cause) {
    return new StreamReset(cause, null);
  }

  /** Returns why. */
  public Cause why() {
    return cause;
  }

  @Override
  public String label() {
    return cause.label();
  }

  /** Why a stream was broken off. */
  public enum Cause {
    /** The upstream broke off in the middle of the body. */
    CUT("upstream-cut"),
    /** The body is not as long as was declared. */
    LENGTH("wrong-length"),
    /** The client read nothing for too long while others waited for it. */
    STALLED("client-stalled"),
    /** A purge came before the request, and only the body showed that it covers the answer. */
    PURGED("purged-in-flight");

    private final String label;

    Cause(String label) {
      this.label = label;
    }

    /** Returns the name used in metrics and logs. */
    public String label() {
      return label;
    }
  }
}
