package org.cistern.http.range;

import java.util.ArrayList;
import java.util.List;
import org.cistern.http.Decimal;
import org.jspecify.annotations.Nullable;

/**
 * The set of byte ranges that a Range field asks for (RFC 9110 section 14.1.2), before the length
 * of the representation is known.
 *
 * @param specs the ranges in the order asked for, never empty
 */
public record ByteRanges(List<Spec> specs) {

  /** As many ranges are served at once; real clients ask for one, rarely for a handful. */
  public static final int MOST = 32;

  private static final String UNIT = "bytes=";

  public ByteRanges {
    specs = List.copyOf(specs);
  }

  /**
   * One range as asked for.
   *
   * @param first the first byte, or null for the last {@code last} bytes
   * @param last the last byte, or null for all that follow; never null where {@code first} is.
   *     Numbers too large for a long stand as its greatest
   */
  public record Spec(@Nullable Long first, @Nullable Long last) {

    /** Returns the range within a representation of this length, or null where there is none. */
    @Nullable ByteRange within(long length) {
      long end = last == null ? Long.MAX_VALUE : last;
      long from = first == null ? Math.max(0, length - end) : first;
      long to = first == null ? length - 1 : Math.min(end, length - 1);
      return from <= to ? new ByteRange(from, to) : null;
    }

    boolean isSuffix() {
      return first == null;
    }
  }

  /**
   * Returns the set that the field asks for, or null where the field is to be ignored: another
   * unit, broken syntax (one broken range spoils all), or more than {@link #MOST} ranges.
   */
  public static @Nullable ByteRanges parse(String field) {
    List<Spec> specs = specs(field);
    return specs == null || specs.size() > MOST ? null : new ByteRanges(specs);
  }

  /** Tells whether the field asks for the last bytes alone, however many there are before them. */
  public static boolean isSuffix(@Nullable String field) {
    List<Spec> specs = field == null ? null : specs(field);
    return specs != null && specs.size() == 1 && specs.get(0).isSuffix();
  }

  /**
   * Returns what the field asks of a representation.
   *
   * @param field the value of the Range field, or null where there is none
   * @param length the length of the representation in bytes, 0 or above
   */
  public static RangeOutcome resolve(@Nullable String field, long length) {
    if (field == null) {
      return RangeOutcome.Ignored.ABSENT;
    }
    List<Spec> specs = specs(field);
    if (specs == null) {
      return RangeOutcome.Ignored.NOT_UNDERSTOOD;
    }
    return specs.size() > MOST
        ? RangeOutcome.Ignored.TOO_MANY
        : new ByteRanges(specs).resolve(length);
  }

  /**
   * Returns what this set asks of a representation of {@code length} bytes. Ranges that overlap or
   * touch become one (RFC 9110 section 15.3.7.2), so that never more is sent than there is.
   */
  public RangeOutcome resolve(long length) {
    if (length == 0 && specs.stream().anyMatch(Spec::isSuffix)) {
      return RangeOutcome.Ignored.EMPTY_REPRESENTATION;
    }
    List<ByteRange> apart = new ArrayList<>(specs.size());
    for (Spec spec : specs) {
      ByteRange range = spec.within(length);
      if (range != null) {
        join(range, apart);
      }
    }
    return apart.isEmpty()
        ? new RangeOutcome.Unsatisfiable(length)
        : new RangeOutcome.Satisfiable(apart, length);
  }

  // Puts the range where the first one that it meets stood, or at the end.
  private static void join(ByteRange range, List<ByteRange> apart) {
    ByteRange joined = range;
    int place = apart.size();
    for (int i = apart.size() - 1; i >= 0; i--) {
      if (apart.get(i).meets(joined)) {
        joined = joined.with(apart.remove(i));
        place = i;
      }
    }
    apart.add(Math.min(place, apart.size()), joined);
  }

  // All ranges of the field; one more than the most at the most; null where it is not understood.
  private static @Nullable List<Spec> specs(String field) {
    if (!field.regionMatches(true, 0, UNIT, 0, UNIT.length())) {
      return null;
    }
    List<Spec> specs = new ArrayList<>(2);
    int from = UNIT.length();
    while (from <= field.length() && specs.size() <= MOST) {
      int end = endOfElement(field, from);
      if (!add(trimmed(field, from, end), specs)) {
        return null;
      }
      from = end + 1;
    }
    return specs.isEmpty() ? null : specs;
  }

  private static int endOfElement(String field, int from) {
    int comma = field.indexOf(',', from);
    return comma < 0 ? field.length() : comma;
  }

  private static String trimmed(String field, int from, int to) {
    int start = from;
    int end = to;
    while (start < end && isBlank(field.charAt(start))) {
      start++;
    }
    while (end > start && isBlank(field.charAt(end - 1))) {
      end--;
    }
    return field.substring(start, end);
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  // Empty elements are allowed in any list (RFC 9110 section 5.6.1.2).
  private static boolean add(String element, List<Spec> specs) {
    if (element.isEmpty()) {
      return true;
    }
    int dash = element.indexOf('-');
    Spec spec = dash < 0 ? null : spec(element.substring(0, dash), element.substring(dash + 1));
    return spec != null && specs.add(spec);
  }

  private static @Nullable Spec spec(String first, String last) {
    Long from = first.isEmpty() ? null : Decimal.saturated(first);
    Long to = last.isEmpty() ? null : Decimal.saturated(last);
    boolean broken = (from == null && !first.isEmpty()) || (to == null && !last.isEmpty());
    boolean empty = from == null && to == null;
    boolean backwards = from != null && to != null && to < from;
    return broken || empty || backwards ? null : new Spec(from, to);
  }
}
