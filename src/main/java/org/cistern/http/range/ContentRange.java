package org.cistern.http.range;

import org.cistern.http.Decimal;
import org.jspecify.annotations.Nullable;

/**
 * The Content-Range of a response (RFC 9110 section 14.4).
 *
 * @param range the bytes that the body holds, or null in a 416
 * @param complete the length of the whole representation, or null where the sender does not know it
 */
public record ContentRange(@Nullable ByteRange range, @Nullable Long complete) {

  private static final String UNIT = "bytes ";

  /** Checks the parts; throws {@link IllegalArgumentException} where they do not fit. */
  public ContentRange {
    if (!fit(range, complete)) {
      throw new IllegalArgumentException("no content range: " + range + " of " + complete);
    }
  }

  private static boolean fit(@Nullable ByteRange range, @Nullable Long complete) {
    return complete == null ? range != null : complete >= 0 && fits(range, complete);
  }

  private static boolean fits(@Nullable ByteRange range, long complete) {
    return range == null || range.last() < complete;
  }

  /** Returns the value of a part of a representation of known length. */
  public static ContentRange of(ByteRange range, long complete) {
    return new ContentRange(range, complete);
  }

  /** Returns the value of a 416 for a representation of this length. */
  public static ContentRange unsatisfied(long complete) {
    return new ContentRange(null, complete);
  }

  /**
   * Returns the value of a field, or null where it is broken, contradicts itself, or speaks of
   * another unit than bytes: then nothing may be made of the response (RFC 9110 section 14.4).
   */
  public static @Nullable ContentRange parse(String field) {
    int slash = field.indexOf('/');
    if (slash < 0 || !field.regionMatches(true, 0, UNIT, 0, UNIT.length())) {
      return null;
    }
    String range = field.substring(UNIT.length(), slash);
    String complete = field.substring(slash + 1);
    return range.equals("*") ? unsatisfied(complete) : satisfied(range, complete);
  }

  private static @Nullable ContentRange unsatisfied(String complete) {
    Long length = length(complete);
    return length == null ? null : unsatisfied(length);
  }

  private static @Nullable ContentRange satisfied(String range, String complete) {
    ByteRange bytes = bytes(range);
    Long length = length(complete);
    boolean unknown = complete.equals("*");
    if (bytes == null || (length == null && !unknown) || !fit(bytes, length)) {
      return null;
    }
    return new ContentRange(bytes, length);
  }

  private static @Nullable ByteRange bytes(String range) {
    int dash = range.indexOf('-');
    Long first = dash < 0 ? null : length(range.substring(0, dash));
    Long last = dash < 0 ? null : length(range.substring(dash + 1));
    return first == null || last == null || last < first ? null : new ByteRange(first, last);
  }

  // A number that does not fit a long is no length that anybody could have.
  private static @Nullable Long length(String text) {
    Long number = Decimal.saturated(text);
    return number == null || number == Long.MAX_VALUE ? null : number;
  }

  /** Returns the value as it stands in the field. */
  public String format() {
    String bytes = range == null ? "*" : range.first() + "-" + range.last();
    return UNIT + bytes + '/' + (complete == null ? "*" : complete.toString());
  }
}
