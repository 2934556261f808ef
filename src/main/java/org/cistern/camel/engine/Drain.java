package org.cistern.camel.engine;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/** Waits for the calls under way when the gateway goes down. */
final class Drain {

  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private Drain() {}

  /** Blocks until nothing is under way, or for that long. */
  static void await(LongSupplier underWay, Duration longest) {
    long end = System.nanoTime() + longest.toNanos();
    while (underWay.getAsLong() > 0 && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }
}
