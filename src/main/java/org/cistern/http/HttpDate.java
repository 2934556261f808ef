package org.cistern.http;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The dates of HTTP (RFC 9110 section 5.6.7), in whole seconds: IMF-fixdate, and to be read only
 * the two older forms, RFC 850 and asctime. Names of days, months and the zone are read without
 * regard to case; nothing else may differ.
 */
public final class HttpDate {

  private static final String[] DAYS = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  private static final String[] MONTHS = {
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
  };

  /** Half of the years that two digits can tell apart. */
  private static final int FAR = 50;

  private HttpDate() {}

  /**
   * Reads a date whose year has four digits, or two digits that stand for 1970 to 2069.
   *
   * @return null for any other text
   */
  public static @Nullable Instant parse(@Nullable String text) {
    return parse(text, Instant.ofEpochSecond(1_577_836_800));
  }

  /**
   * Reads a date; two digits of a year stand for the year nearest to now that is not more than 50
   * years ahead.
   *
   * @return null for any text but the three forms
   */
  public static @Nullable Instant parse(@Nullable String text, Instant now) {
    LocalDateTime date = text == null ? null : new DateReader(text).read();
    if (date == null) {
      return null;
    }
    return date.getYear() < 100 ? inCentury(date, now) : date.toInstant(ZoneOffset.UTC);
  }

  /** Returns the IMF-fixdate, parts of a second cut off. */
  public static String format(Instant instant) {
    LocalDateTime date = LocalDateTime.ofEpochSecond(instant.getEpochSecond(), 0, ZoneOffset.UTC);
    StringBuilder out = new StringBuilder(29);
    out.append(DAYS[date.getDayOfWeek().getValue() - 1]).append(", ");
    two(out, date.getDayOfMonth()).append(' ').append(MONTHS[date.getMonthValue() - 1]);
    out.append(' ');
    two(two(out, date.getYear() / 100), date.getYear() % 100).append(' ');
    two(out, date.getHour()).append(':');
    two(out, date.getMinute()).append(':');
    return two(out, date.getSecond()).append(" GMT").toString();
  }

  private static StringBuilder two(StringBuilder out, int number) {
    return out.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
  }

  /** Puts a year of two digits into the latest century that is not more than 50 years ahead. */
  private static Instant inCentury(LocalDateTime date, Instant now) {
    LocalDateTime limit = LocalDateTime.ofInstant(now, ZoneOffset.UTC).plusYears(FAR);
    LocalDateTime candidate = date.plusYears(limit.getYear() / 100 * 100L);
    while (candidate.isAfter(limit)) {
      candidate = candidate.minus(1, ChronoUnit.CENTURIES);
    }
    return candidate.toInstant(ZoneOffset.UTC);
  }
}
