package org.cistern.http.uri;

import java.util.Locale;
import org.cistern.http.IpLiteral;
import org.cistern.http.UriCharacters;
import org.jspecify.annotations.Nullable;

/** The normal form of a host with its port (RFC 9110 sections 4.2.3 and 7.2). */
final class Authority {

  private static final int LONGEST = 255;

  private Authority() {}

  /**
   * Returns host and port in lower case, without a final dot and without the scheme's default port,
   * IPv6 literals as RFC 5952 writes them; the string given, where it has that form already. Null
   * where it is no valid host, see {@link #refusal}.
   */
  static @Nullable String normal(String scheme, String raw) {
    if (raw.isEmpty() || raw.length() > LONGEST) {
      return null;
    }
    if (isUsual(raw)) {
      return raw;
    }
    int end = raw.charAt(0) == '[' ? raw.indexOf(']') + 1 : nameEnd(raw);
    int port = end <= 0 ? -1 : port(raw, end);
    if (port < 0) {
      return null;
    }
    int kept = port == defaultPort(scheme) ? 0 : port;
    return raw.charAt(0) == '[' ? literal(raw, end, kept) : name(raw, end, kept);
  }

  /** Returns why {@link #normal} gave null for this authority. */
  static TargetRefusal refusal(@Nullable String raw) {
    if (raw == null || raw.isEmpty()) {
      return TargetRefusal.HOST_MISSING;
    }
    if (raw.indexOf('@') >= 0) {
      return TargetRefusal.USERINFO;
    }
    int colon = raw.indexOf(':', Math.max(0, raw.lastIndexOf(']')));
    boolean host = colon > 0 && normal("http", raw.substring(0, colon)) != null;
    return host ? TargetRefusal.PORT : TargetRefusal.HOST_INVALID;
  }

  /** Nearly all are so: a name in lower case, with a port that is nobody's default or none. */
  private static boolean isUsual(String raw) {
    char before = '.';
    int at = 0;
    for (; at < raw.length() && raw.charAt(at) != ':'; at++) {
      char c = raw.charAt(at);
      if (c == '.' ? before == '.' : !UriCharacters.isLowerName(c)) {
        return false;
      }
      before = c;
    }
    return before != '.' && (at == raw.length() || isUsualPort(raw, at + 1));
  }

  /** A number from 1,000, which is no scheme's default, as it is always written. */
  private static boolean isUsualPort(String raw, int from) {
    return from < raw.length() && raw.charAt(from) != '0' && number(raw, from) >= 1000;
  }

  private static int defaultPort(String scheme) {
    return scheme.equals("https") ? 443 : 80;
  }

  // Where the name ends and the port may begin; 0 where it is no name.
  private static int nameEnd(String raw) {
    char before = '.';
    for (int at = 0; at < raw.length(); at++) {
      char c = raw.charAt(at);
      if (c == ':') {
        return at;
      }
      if (c == '.' ? before == '.' : !isName(c)) {
        return 0;
      }
      before = c;
    }
    return raw.length();
  }

  private static boolean isName(char c) {
    return c != '~' && UriCharacters.isUnreserved(c);
  }

  // The port behind the host; 0 where there is none (an empty one counts as none), -1 where it is
  // not valid.
  private static int port(String raw, int end) {
    if (end == raw.length() || (raw.charAt(end) == ':' && end + 1 == raw.length())) {
      return 0;
    }
    if (raw.charAt(end) != ':') {
      return -1;
    }
    int port = number(raw, end + 1);
    return port == 0 ? -1 : port;
  }

  private static int number(String raw, int from) {
    int number = 0;
    for (int at = from; at < raw.length() && number >= 0; at++) {
      number = withDigit(number, raw.charAt(at));
    }
    return number;
  }

  private static int withDigit(int port, char c) {
    int next = c >= '0' && c <= '9' ? port * 10 + c - '0' : -1;
    return next > 65535 ? -1 : next;
  }

  private static @Nullable String literal(String raw, int end, int port) {
    byte[] address = IpLiteral.parseV6(raw.substring(1, end - 1));
    return address == null ? null : unlessSame(raw, '[' + IpLiteral.format(address) + ']', port);
  }

  private static String name(String raw, int end, int port) {
    if (raw.charAt(end - 1) != '.' && isLower(raw, end) && isPlainPort(raw, end, port)) {
      return raw;
    }
    int last = raw.charAt(end - 1) == '.' ? end - 1 : end;
    return unlessSame(raw, raw.substring(0, last).toLowerCase(Locale.ROOT), port);
  }

  private static boolean isLower(String raw, int end) {
    for (int at = 0; at < end; at++) {
      char c = raw.charAt(at);
      if (c >= 'A' && c <= 'Z') {
        return false;
      }
    }
    return true;
  }

  private static boolean isPlainPort(String raw, int end, int port) {
    return end == raw.length() || (port != 0 && raw.charAt(end + 1) != '0');
  }

  private static String unlessSame(String raw, String host, int port) {
    String normal = port == 0 ? host : host + ':' + port;
    return normal.equals(raw) ? raw : normal;
  }
}
