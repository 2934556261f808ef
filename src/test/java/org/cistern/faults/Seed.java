package org.cistern.faults;

/**
 * Where chance begins in a test: a number that is printed, and that {@code -Dcistern.seed=...} sets
 * to see the same again.
 */
public final class Seed {

  private static final long FIRST = Long.getLong("cistern.seed", System.nanoTime());

  private Seed() {}

  /** Returns the seed of the how-many-th round; neighbours are far apart, as Random wants them. */
  public static long of(int round) {
    return FIRST + round * 0x9E3779B97F4A7C15L;
  }

  /** Returns how to see the same again. */
  public static String again() {
    return "-Dcistern.seed=" + FIRST;
  }
}
