package org.cistern.flight;

import java.time.Duration;

/**
 * Where flights stop.
 *
 * @param waiting how many requests may wait for one head; more are refused as overload
 * @param window how many bytes a body that is not kept may be ahead of its slowest reader
 * @param stall how long a reader may stand still while the others wait for it
 * @param memory how long a key is remembered whose answer could not be stored
 * @param remembered how many such keys are remembered
 * @param lastByte how long a client's last byte waits for the tiers at most
 */
public record FlightLimits(
    int waiting, long window, Duration stall, Duration memory, int remembered, Duration lastByte) {

  /**
   * Checks the limits.
   *
   * @throws IllegalArgumentException naming the limit that is not above zero
   */
  public FlightLimits {
    above("waiting", waiting);
    above("window", window);
    above("stall", stall.toMillis());
    above("remembered", remembered);
    above("lastByte", lastByte.toMillis());
  }

  /** Returns 10,000 waiting, 512 KB, 10 s of stall, 10 s of memory for 10,000 keys, 2 s. */
  public static FlightLimits defaults() {
    return new FlightLimits(
        10_000,
        512 * 1024,
        Duration.ofSeconds(10),
        Duration.ofSeconds(10),
        10_000,
        Duration.ofSeconds(2));
  }

  private static void above(String name, long value) {
    if (value <= 0) {
      throw new IllegalArgumentException(
          "flight limit \"" + name + "\" is " + value + "; it must be above 0");
    }
  }
}
