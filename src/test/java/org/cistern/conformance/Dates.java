package org.cistern.conformance;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Set;

/** Dates that a case gives as seconds from the origin's clock. */
final class Dates {

  private static final Set<String> FIELDS =
      Set.of("date", "expires", "last-modified", "if-modified-since", "if-unmodified-since");

  private static final DateTimeFormatter FIXED = format("EEE, dd MMM yyyy HH:mm:ss 'GMT'");
  private static final DateTimeFormatter RFC_850 = format("EEEE, dd-MMM-yy HH:mm:ss 'GMT'");

  private Dates() {}

  private static DateTimeFormatter format(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.US).withZone(ZoneOffset.UTC);
  }

  /** Returns the text of a value: of a date where the case gives an integer for one. */
  static String text(String name, Object value, long nowMillis, boolean rfc850) {
    if (value instanceof Number seconds && FIELDS.contains(name.toLowerCase(Locale.ROOT))) {
      Instant instant = Instant.ofEpochMilli(nowMillis + 1000 * seconds.longValue());
      return (rfc850 ? RFC_850 : FIXED).format(instant);
    }
    return value.toString();
  }
}
