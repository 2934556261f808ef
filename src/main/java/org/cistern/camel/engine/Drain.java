package org.cistern.camel.engine;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * Waits for the calls under way when the gateway goes down, and until their answers are sent.
 *
 * @param underWay how many calls and unsent answers there are
 * @param open how many connections; a client may be about to send on one that it does not know to
 *     be the last
 */
record Drain(LongSupplier underWay, IntSupplier open) {

  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  /**
   * Whoever balances over several gateways has to notice first that this one is leaving; one that
   * never listened is not waited for.
   */
  static void pause(Duration delay) {
    long end = System.nanoTime() + delay.toNanos();
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }

  /**
   * Blocks until all are gone, or nothing came for a moment, or for that long; returns the rest.
   */
  Duration await(Duration longest) {
    long begin = System.nanoTime();
    long busy = begin;
    long now = begin;
    while (now - begin < longest.toNanos() && !isOver(now - busy)) {
      LockSupport.parkNanos(LOOK_NANOS);
      now = System.nanoTime();
      busy = underWay.getAsLong() > 0 ? now : busy;
    }
    return longest.minusNanos(Math.min(now - begin, longest.toNanos()));
  }

  private boolean isOver(long quiet) {
    return underWay.getAsLong() <= 0 && (open.getAsInt() == 0 || quiet >= QUIET_NANOS);
  }
}
