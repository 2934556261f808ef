package org.cistern.rule;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * When a bearer token says that it ends (RFC 7519 section 4.1.4). It is read without being
 * verified, which is enough here: it can only shorten what is kept for the one who sent it.
 */
final class TokenExpiry {

  private static final String NAME = "\"exp\"";
  private static final int MOST_DIGITS = 12;

  private TokenExpiry() {}

  /** Returns the earliest {@code exp} in the payload of a JWT, or null where there is none. */
  static @Nullable Instant of(String token) {
    int first = token.indexOf('.');
    int second = token.indexOf('.', first + 1);
    if (first < 0 || second < 0) {
      return null;
    }
    try {
      byte[] payload = Base64.getUrlDecoder().decode(token.substring(first + 1, second));
      return earliest(new String(payload, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** The earliest, because a nested object may have one, too. */
  private static @Nullable Instant earliest(String json) {
    long earliest = Long.MAX_VALUE;
    for (int at = json.indexOf(NAME); at >= 0; at = json.indexOf(NAME, at + 1)) {
      earliest = Math.min(earliest, number(json, at + NAME.length()));
    }
    return earliest == Long.MAX_VALUE ? null : Instant.ofEpochSecond(earliest);
  }

  private static long number(String json, int behindName) {
    int from = skipSpace(json, behindName);
    if (from == json.length() || json.charAt(from) != ':') {
      return Long.MAX_VALUE;
    }
    from = skipSpace(json, from + 1);
    int to = from;
    while (to < json.length() && Character.digit(json.charAt(to), 10) >= 0) {
      to++;
    }
    return to == from || to - from > MOST_DIGITS
        ? Long.MAX_VALUE
        : Long.parseLong(json, from, to, 10);
  }

  private static int skipSpace(String json, int from) {
    int at = from;
    while (at < json.length() && json.charAt(at) <= ' ') {
      at++;
    }
    return at;
  }
}
