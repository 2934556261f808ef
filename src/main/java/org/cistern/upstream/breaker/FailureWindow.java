package org.cistern.upstream.breaker;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLongArray;

/** Counts of requests and failures over a sliding window of time, in ten slices. */
final class FailureWindow {

  // One slice is one long, so that an update is one compare-and-set: the slice's number in the
  // upper 24 bits, then 20 bits of failures and 20 bits of requests, which stop at their maximum.
  private static final int SLICES = 10;
  private static final long MOST = (1L << 20) - 1;
  private static final long NUMBERS = (1L << 24) - 1;

  private final AtomicLongArray slices = new AtomicLongArray(SLICES);
  private final long sliceMillis;

  FailureWindow(Duration window) {
    this.sliceMillis = Math.max(1, window.toMillis() / SLICES);
  }

  /** Counts one request. */
  void add(boolean failed, Instant now) {
    long number = number(now);
    slices.updateAndGet((int) (number % SLICES), slice -> counted(slice, number, failed));
  }

  /** Tells whether there are enough requests, and the share of failures reaches the ratio. */
  boolean tripped(Instant now, int calls, double ratio) {
    long number = number(now);
    long requests = 0;
    long failures = 0;
    for (int i = 0; i < SLICES; i++) {
      long slice = slices.get(i);
      boolean recent = ((number - (slice >>> 40)) & NUMBERS) < SLICES;
      requests += recent ? slice & MOST : 0;
      failures += recent ? (slice >>> 20) & MOST : 0;
    }
    return requests >= calls && failures >= ratio * requests;
  }

  private static long counted(long slice, long number, boolean failed) {
    long tag = number & NUMBERS;
    long kept = slice >>> 40 == tag ? slice : tag << 40;
    boolean full = (kept & MOST) == MOST;
    return full ? kept : kept + 1 + (failed ? 1L << 20 : 0);
  }

  private long number(Instant now) {
    return now.toEpochMilli() / sliceMillis;
  }
}
