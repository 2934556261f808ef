package org.cistern.http.coding;

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

  // The weights of the codings we know and of the asterisk are gathered in one pass and kept in one
  // long, in slots of 11 bits: weight + 1, or 0 where the name is not mentioned.
  private static final int SLOT_BITS = 11;
  private static final int SLOT_MASK = (1 << SLOT_BITS) - 1;
  private static final int ANY = 4;
  private static final int UNKNOWN = -1;

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
    long weights = weights(field);
    int identity = weight(weights, Coding.IDENTITY);
    // An identity that is not mentioned is acceptable, and worth less than whatever is.
    int least = Math.max(identity, 1);
    Coding best = identity == 0 ? null : Coding.IDENTITY;
    for (int i = 0; i < offered.size(); i++) {
      int weight = weight(weights, offered.get(i));
      if (weight > least || (weight == least && (best == null || best == Coding.IDENTITY))) {
        best = offered.get(i);
        least = weight;
      }
    }
    return best;
  }

  private static int weight(long weights, Coding coding) {
    int own = inSlot(weights, slot(coding));
    return own == NOT_MENTIONED ? inSlot(weights, ANY) : own;
  }

  private static int inSlot(long weights, int slot) {
    return (int) ((weights >> (slot * SLOT_BITS)) & SLOT_MASK) - 1;
  }

  private static int slot(Coding coding) {
    return switch (coding) {
      case IDENTITY -> 0;
      case GZIP -> 1;
      case BR -> 2;
      case ZSTD -> 3;
    };
  }

  private static long weights(String field) {
    long weights = 0;
    int from = 0;
    while (from < field.length()) {
      int end = memberEnd(field, from);
      int start = skipBlanks(field, from, end);
      int stop = nameEnd(field, start, end);
      int slot = slot(field, start, stop);
      if (slot != UNKNOWN && inSlot(weights, slot) == NOT_MENTIONED) {
        weights |= (memberWeight(field, stop, end) + 1L) << (slot * SLOT_BITS);
      }
      from = end + 1;
    }
    return weights;
  }

  private static int slot(String field, int start, int end) {
    return switch (end - start) {
      case 1 -> field.charAt(start) == '*' ? ANY : UNKNOWN;
      case 2 -> is(field, start, end, "br") ? 2 : UNKNOWN;
      case 4 -> is(field, start, end, "gzip") ? 1 : is(field, start, end, "zstd") ? 3 : UNKNOWN;
      case 6 -> is(field, start, end, "x-gzip") ? 1 : UNKNOWN;
      case 8 -> is(field, start, end, "identity") ? 0 : UNKNOWN;
      default -> UNKNOWN;
    };
  }

  private static boolean is(String field, int start, int end, String name) {
    return end - start == name.length() && field.regionMatches(true, start, name, 0, name.length());
  }

  // The weight in thousandths that stands behind the name of a member.
  private static int memberWeight(String field, int from, int to) {
    int semicolon = skipBlanks(field, from, to);
    if (semicolon == to) {
      return QualityValue.MOST;
    }
    int start = field.charAt(semicolon) == ';' ? skipBlanks(field, semicolon + 1, to) : to;
    return start + 1 < to && isWeight(field, start)
        ? QualityValue.read(field, start + 2, trimmedEnd(field, start, to))
        : NOT_MENTIONED;
  }

  private static boolean isWeight(String field, int at) {
    return (field.charAt(at) | 0x20) == 'q' && field.charAt(at + 1) == '=';
  }

  private static int memberEnd(String field, int from) {
    int at = field.indexOf(',', from);
    return at < 0 ? field.length() : at;
  }

  private static int nameEnd(String field, int from, int to) {
    int at = from;
    while (at < to && field.charAt(at) != ';' && !isBlank(field.charAt(at))) {
      at++;
    }
    return at;
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
