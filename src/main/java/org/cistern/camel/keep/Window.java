package org.cistern.camel.keep;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How much may be on its way to a tier at once: less than its queue takes, so that other writes
 * find room beside it. Entering waits for others to leave, within one budget for all.
 */
final class Window {

  /** An answer counts for its kilobytes, and two for what it is itself. */
  private static final int KILOBYTES = 8192;

  private final Semaphore room = new Semaphore(KILOBYTES);
  private final LongSupplier nanos;
  private final long deadline;

  Window(LongSupplier nanos, Duration budget) {
    this.nanos = nanos;
    this.deadline = nanos.getAsLong() + budget.toNanos();
  }

  /** Tells whether there was room for a body of this size before the budget was spent. */
  boolean enter(long bytes) {
    return acquire(weight(bytes));
  }

  void leave(long bytes) {
    room.release(weight(bytes));
  }

  /** Waits until all have left, or the budget is spent. */
  void await() {
    if (acquire(KILOBYTES)) {
      room.release(KILOBYTES);
    }
  }

  private boolean acquire(int permits) {
    try {
      long left = Math.max(0, deadline - nanos.getAsLong());
      return room.tryAcquire(permits, left, TimeUnit.NANOSECONDS);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static int weight(long bytes) {
    return (int) Math.min(KILOBYTES, 2 + bytes / 1024);
  }
}
