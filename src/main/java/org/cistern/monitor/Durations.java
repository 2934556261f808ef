package org.cistern.monitor;

/** The buckets in which times of requests are counted. */
final class Durations {

  private static final long[] UPPER_NANOS = {
    100_000,
    1_000_000,
    5_000_000,
    10_000_000,
    50_000_000,
    100_000_000,
    500_000_000,
    1_000_000_000,
    5_000_000_000L
  };

  /** How many buckets there are; the last one has no upper bound. */
  static final int BUCKETS = UPPER_NANOS.length + 1;

  private Durations() {}

  static int bucket(long nanos) {
    int bucket = 0;
    while (bucket < UPPER_NANOS.length && nanos > UPPER_NANOS[bucket]) {
      bucket++;
    }
    return bucket;
  }

  /** Returns the upper bounds in seconds. */
  static double[] bounds() {
    double[] bounds = new double[BUCKETS];
    for (int i = 0; i < UPPER_NANOS.length; i++) {
      bounds[i] = UPPER_NANOS[i] / 1e9;
    }
    bounds[UPPER_NANOS.length] = Double.POSITIVE_INFINITY;
    return bounds;
  }
}
