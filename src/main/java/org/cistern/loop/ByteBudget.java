package org.cistern.loop;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The bytes that all bodies of one kind may hold together, in memory or on the disk. Safe for
 * several threads.
 */
public final class ByteBudget {

  private final long max;
  private final AtomicLong used = new AtomicLong();

  /** Makes a budget of so many bytes; of 0 nobody gets any. */
  public ByteBudget(long max) {
    this.max = max;
  }

  /** Returns the share of one holder, who has nothing yet. */
  public Share share() {
    return new Share();
  }

  /** Returns how many bytes are held now. */
  public long used() {
    return used.get();
  }

  /** Returns how many bytes may be held. */
  public long max() {
    return max;
  }

  private boolean take(long bytes) {
    boolean had = used.addAndGet(bytes) <= max;
    if (!had) {
      giveBack(bytes);
    }
    return had;
  }

  private void giveBack(long bytes) {
    used.addAndGet(-bytes);
  }

  /** What one holder has of it; used on one event loop. */
  public final class Share {

    private long held;
    private boolean over;

    private Share() {}

    /**
     * Takes so many bytes, all of them or none; tells whether they were to be had. Once it has
     * ended they are, and none is taken.
     */
    public boolean take(long bytes) {
      if (over) {
        return true;
      }
      boolean had = ByteBudget.this.take(bytes);
      held += had ? bytes : 0;
      return had;
    }

    /** Gives so many of its bytes back, at most all that it has. */
    public void giveBack(long bytes) {
      long back = Math.min(bytes, held);
      held -= back;
      ByteBudget.this.giveBack(back);
    }

    /** Gives back what it holds beyond so many bytes. */
    public void shrinkTo(long bytes) {
      giveBack(Math.max(0, held - bytes));
    }

    /** Gives everything back; nothing is counted from here on. */
    public void end() {
      over = true;
      giveBack(held);
    }
  }
}
