package org.cistern.rule.load;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import org.cistern.rule.load.Value.Scalar;
import org.cistern.rule.load.Value.Scalar.Kind;

/** Reads amounts: times, sizes, shares. */
final class Amounts {

  /** The longest time that a rule can name: ten years of 365 days. */
  static final Duration LONGEST = Duration.ofDays(3650);

  /** The largest size that a rule can name, in bytes: 1 TB. */
  static final long LARGEST = 1L << 40;

  private static final int MOST_DIGITS = 12;
  private static final String TIME_UNITS = "dhms";
  private static final int[] SECONDS = {86_400, 3_600, 60, 1};
  private static final String SIZE_UNITS = "kmgt";

  private Amounts() {}

  /** Returns a time: whole seconds, or days, hours, minutes and seconds as in {@code 1h30m}. */
  static Duration time(Value value) {
    String text = digits(value, "a time as in 30m, 1h30m, 2d or 90 (seconds)");
    long seconds = seconds(text);
    if (text.startsWith("-")) {
      throw new Unreadable(value, "is " + value.shown() + "; a time cannot be negative");
    }
    if (seconds < 0) {
      throw new Unreadable(
          value, "is " + value.shown() + "; a time as in 30m, 1h30m, 2d or 90 (seconds) is needed");
    }
    if (seconds > LONGEST.toSeconds()) {
      throw new Unreadable(value, "is " + value.shown() + "; at most 10 years (3650d) is allowed");
    }
    return Duration.ofSeconds(seconds);
  }

  private static String digits(Value value, String needed) {
    if (value instanceof Scalar scalar
        && (scalar.kind() == Kind.TEXT || scalar.kind() == Kind.WHOLE)
        && !scalar.text().isBlank()) {
      return scalar.text().strip();
    }
    throw new Unreadable(value, "is " + value.shown() + "; " + needed + " is needed");
  }

  /** Returns the seconds, or -1 where the text is no time; units go from long to short. */
  private static long seconds(String text) {
    long sum = 0;
    int least = -1;
    for (int at = 0; at < text.length(); ) {
      int end = endOfDigits(text, at);
      if (end == at || end - at > MOST_DIGITS) {
        return -1;
      }
      long number = Long.parseLong(text, at, end, 10);
      if (end == text.length()) {
        return at == 0 ? number : -1;
      }
      int unit = TIME_UNITS.indexOf(text.charAt(end));
      if (unit <= least) {
        return -1;
      }
      sum += number * SECONDS[unit];
      least = unit;
      at = end + 1;
    }
    return sum;
  }

  private static int endOfDigits(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at;
  }

  /** Returns a size in bytes: a number, or one with KB, MB, GB or TB, each 1024 of the former. */
  static long size(Value value) {
    String needed = "a size as in 8MB, 512KB or 4096 (bytes), at most 1TB,";
    String text = digits(value, needed).toLowerCase(Locale.ROOT);
    int end = endOfDigits(text, 0);
    int shift = shift(text.substring(end).strip());
    if (end > 0 && end <= MOST_DIGITS && shift >= 0) {
      long number = Long.parseLong(text, 0, end, 10);
      if (number <= LARGEST >> shift) {
        return number << shift;
      }
    }
    throw new Unreadable(value, "is " + value.shown() + "; " + needed + " is needed");
  }

  private static int shift(String unit) {
    if (unit.isEmpty() || unit.equals("b")) {
      return 0;
    }
    boolean known = unit.length() == 1 || (unit.length() == 2 && unit.charAt(1) == 'b');
    int power = SIZE_UNITS.indexOf(unit.charAt(0));
    return known && power >= 0 ? (power + 1) * 10 : -1;
  }

  /** Returns a share: {@code 10%} or {@code 0.1}. */
  static double share(Value value, double most) {
    String needed = "; a share from 0% to " + Math.round(most * 100) + "% is needed";
    if (!(value instanceof Scalar scalar) || scalar.text().length() > MOST_DIGITS) {
      throw new Unreadable(value, "is " + value.shown() + needed);
    }
    double share = share(scalar.text().strip());
    if (share >= 0 && share <= most) {
      return share;
    }
    throw new Unreadable(value, "is " + value.shown() + needed);
  }

  private static double share(String text) {
    boolean percent = text.endsWith("%");
    try {
      String number = percent ? text.substring(0, text.length() - 1) : text;
      double value = new BigDecimal(number).doubleValue();
      return percent ? value / 100 : value;
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
