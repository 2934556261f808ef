package org.cistern.camel.call;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The bytes that all bodies of requests may hold together which are collected for steps and for
 * routes on worker threads; or that their forms may hold on the disk. Safe for several threads.
 */
public final class BodyBudget {

  /** The share of the heap. */
  private static final int PART = 8;

  /** How many of the longest forms the disk has room for. */
  private static final int FORMS = 8;

  private static final long LEAST_DISK = 1L << 30;

  private final long max;
  private final AtomicLong used = new AtomicLong();

  /** Makes a budget of so many bytes. */
  public BodyBudget(long max) {
    this.max = max;
  }

  /** Returns the budget for bodies up to a limit: a body may be collected once more upstream. */
  static BodyBudget of(long heap, long limit) {
    return new BodyBudget(Math.max(heap / PART, 2 * limit));
  }

  /** Returns the budget of the disk for forms up to a limit. */
  static BodyBudget ofDisk(long limit) {
    return new BodyBudget(Math.max(LEAST_DISK, FORMS * limit));
  }

  /** Returns the share of one request, which has nothing yet. */
  public Share share() {
    return new Share();
  }

  /** Returns how many bytes are held now. */
  long used() {
    return used.get();
  }

  /** What one request holds of it; used on one event loop. */
  public final class Share {

    private long held;
    private boolean over;

    private Share() {}

    /** Takes so many bytes, all of them or none; tells whether they were to be had. */
    public boolean take(long bytes) {
      if (over) {
        return true;
      }
      boolean had = used.addAndGet(bytes) <= max;
      if (had) {
        held += bytes;
      } else {
        used.addAndGet(-bytes);
      }
      return had;
    }

    /** Gives so many of its bytes back. */
    public void giveBack(long bytes) {
      long back = Math.min(bytes, held);
      held -= back;
      used.addAndGet(-back);
    }

    /** Gives everything back; nothing is counted from here on. */
    public void end() {
      over = true;
      giveBack(held);
    }
  }
}
