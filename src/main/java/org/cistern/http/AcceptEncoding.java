package org.cistern.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads Accept-Encoding (RFC 9110 section 12.5.3) in place: nothing is allocated.
 *
 * <p>Names are matched without regard to case and {@code x-gzip} is gzip; the first mention of a
 * name counts; a member whose weight is broken counts as not mentioned.
 */
public final class AcceptEncoding {

  private static final int NOT_MENTIONED = -1;

  private AcceptEncoding() {}

  /**
   * Returns the best of the codings offered, or identity, or null where the client takes not even
   * that. What weighs the same is decided by our order; identity wins only where it is named with a
   * greater weight, or where nothing offered is acceptable.
   *
   * @param field the value of Accept-Encoding, lines joined; null where there is none, which gives
   *     identity: that anything is acceptable then is true only on paper
   * @param offered the codings at hand besides identity, best first
   */
  public static @Nullable Coding choose(@Nullable String field, List<Coding> offered) {
    if (field == null) {
      return Coding.IDENTITY;
    }
    int others = weight(field, "*");
    int identity = orElse(weight(field, Coding.IDENTITY.token()), others);
    // An identity that is not mentioned is acceptable, and worth less than whatever is.
    int least = Math.max(identity, 1);
    Coding best = identity == 0 ? null : Coding.IDENTITY;
    for (int i = 0; i < offered.size(); i++) {
      int weight = orElse(weight(field, offered.get(i).token()), others);
      if (weight > least || weight == least && (best == null || best == Coding.IDENTITY)) {
        best = offered.get(i);
        least = weight;
      }
    }
    return best;
  }

  /**
   * Tells whether the client takes a body with this coding, which may be one that Cistern does not
   * know. Without the field everything is acceptable, as the section says.
   */
  public static boolean accepts(@Nullable String field, String coding) {
    if (field == null) {
      return true;
    }
    int weight = orElse(weight(field, coding), weight(field, "*"));
    return weight > 0 || weight == NOT_MENTIONED && isIdentity(coding);
  }

  private static boolean isIdentity(String coding) {
    return coding.equalsIgnoreCase(Coding.IDENTITY.token());
  }

  private static int orElse(int weight, int other) {
    return weight == NOT_MENTIONED ? other : weight;
  }

  // The weight of a name in thousandths.
  private static int weight(String field, String name) {
    int from = 0;
    while (from < field.length()) {
      int end = end(field, ',', from, field.length());
      int weight = isNamed(field, from, end, name) ? memberWeight(field, from, end) : NOT_MENTIONED;
      if (weight != NOT_MENTIONED) {
        return weight;
      }
      from = end + 1;
    }
    return NOT_MENTIONED;
  }

  private static boolean isNamed(String field, int from, int to, String name) {
    int start = skipBlanks(field, from, to);
    if (is(field, start, to, name)) {
      return true;
    }
    return name.equalsIgnoreCase("gzip") && is(field, start, to, "x-gzip");
  }

  private static boolean is(String field, int start, int to, String name) {
    int end = start + name.length();
    if (end > to || !field.regionMatches(true, start, name, 0, name.length())) {
      return false;
    }
    int next = skipBlanks(field, end, to);
    return next == to || field.charAt(next) == ';';
  }

  private static int memberWeight(String field, int from, int to) {
    int semicolon = end(field, ';', from, to);
    if (semicolon == to) {
      return QualityValue.MOST;
    }
    int start = skipBlanks(field, semicolon + 1, to);
    boolean named =
        start + 1 < to && (field.charAt(start) | 0x20) == 'q' && field.charAt(start + 1) == '=';
    return named
        ? QualityValue.read(field, start + 2, trimmedEnd(field, start, to))
        : NOT_MENTIONED;
  }

  private static int end(String field, char stop, int from, int to) {
    int at = field.indexOf(stop, from);
    return at < 0 || at > to ? to : at;
  }

  private static int skipBlanks(String field, int from, int to) {
    int at = from;
    while (at < to && isBlank(field.charAt(at))) {
      at++;
    }
    return at;
  }

  private static int trimmedEnd(String field, int from, int to) {
    int end = to;
    while (end > from && isBlank(field.charAt(end - 1))) {
      end--;
    }
    return end;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }
}
