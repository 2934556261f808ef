package org.cistern.camel.settings;

import java.time.Duration;

/** A number of bytes or a time, in the words of whoever sets it. */
public final class Amount {

  static final long KB = 1L << 10;
  static final long MB = 1L << 20;
  static final long PB = 1L << 50;

  private static final String[] UNITS = {"bytes", "KB", "MB", "GB", "TB"};

  private Amount() {}

  /** Returns a number of bytes in the largest unit that it is a whole number of. */
  public static String ofBytes(long bytes) {
    long number = bytes;
    int unit = 0;
    while (number != 0 && number % KB == 0 && unit < UNITS.length - 1) {
      number /= KB;
      unit++;
    }
    return number + " " + UNITS[unit];
  }

  /** Returns a time in the largest unit that it is a whole number of. */
  public static String ofTime(Duration time) {
    long millis = time.toMillis();
    if (millis % 1000 != 0) {
      return millis + " ms";
    }
    long seconds = millis / 1000;
    if (seconds == 0 || seconds % 60 != 0) {
      return seconds + " s";
    }
    if (seconds % 3600 != 0) {
      return seconds / 60 + " m";
    }
    return seconds % 86_400 == 0 ? seconds / 86_400 + " d" : seconds / 3600 + " h";
  }
}
