package org.cistern.http.forwarding;

import java.util.random.RandomGenerator;
import org.cistern.http.HexDigits;
import org.jspecify.annotations.Nullable;

/**
 * The place of a request in a distributed trace (W3C Trace Context, {@code traceparent}).
 *
 * @param traceId 32 lower-case hexadecimal digits, not all zero
 * @param parentId 16 lower-case hexadecimal digits, not all zero
 * @param flags the flags, 0 to 255; only the lowest bit, sampled, has a meaning
 */
public record TraceParent(String traceId, String parentId, int flags) {

  /** The name of the field. */
  public static final String FIELD = "traceparent";

  private static final int LENGTH = 55;
  private static final int SAMPLED = 1;

  /**
   * Returns what the field says, or null where it is not valid; then {@code tracestate} has to be
   * taken off too. A later version than 00 is read as far as 00 goes, as the specification asks.
   */
  public static @Nullable TraceParent parse(String field) {
    if (field.length() < LENGTH || !isFramed(field)) {
      return null;
    }
    String traceId = field.substring(3, 35);
    String parentId = field.substring(36, 52);
    return isId(traceId) && isId(parentId) && isHex(field, 53, 55)
        ? new TraceParent(traceId, parentId, Integer.parseInt(field.substring(53, 55), 16))
        : null;
  }

  private static boolean isFramed(String field) {
    boolean dashes = field.charAt(2) == '-' && field.charAt(35) == '-' && field.charAt(52) == '-';
    boolean version = isHex(field, 0, 2) && !field.startsWith("ff");
    return dashes && version && endsWell(field);
  }

  private static boolean endsWell(String field) {
    return field.length() == LENGTH || (!field.startsWith("00") && field.charAt(LENGTH) == '-');
  }

  private static boolean isId(String id) {
    return isHex(id, 0, id.length()) && id.chars().anyMatch(c -> c != '0');
  }

  private static boolean isHex(String text, int from, int to) {
    for (int at = from; at < to; at++) {
      char c = text.charAt(at);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
  }

  /** Returns the beginning of a new trace. */
  public static TraceParent begin(RandomGenerator random, boolean sampled) {
    String traceId = hex(random) + hex(random);
    return new TraceParent(traceId, hex(random), sampled ? SAMPLED : 0);
  }

  /** Returns the place of a request that this one causes: same trace, a new parent. */
  public TraceParent child(RandomGenerator random) {
    return new TraceParent(traceId, hex(random), flags & SAMPLED);
  }

  // All zero is not a valid id; one in 2^64 would be.
  private static String hex(RandomGenerator random) {
    long bits = random.nextLong();
    return HexDigits.of(bits == 0 ? 1 : bits);
  }

  /** Returns the value of the field, in version 00. */
  public String format() {
    return "00-"
        + traceId
        + '-'
        + parentId
        + (flags < 16 ? "-0" : "-")
        + Integer.toHexString(flags);
  }
}
