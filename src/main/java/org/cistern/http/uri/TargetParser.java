package org.cistern.http.uri;

import java.util.Locale;
import org.cistern.http.UriCharacters;
import org.jspecify.annotations.Nullable;

/**
 * The one way from what stands in a request line to a {@link Target}, or to the reason why not.
 *
 * <p>Two spellings become one target only where RFC 3986 section 6.2.2 says that they mean the
 * same; what servers are known to read in different ways is refused rather than repaired, since a
 * repaired path would be matched as one thing and served as another:
 *
 * <ul>
 *   <li>escapes of unreserved characters are decoded, other escapes get upper-case digits; {@code
 *       %2F} stays, and {@code //} stays;
 *   <li>dot segments are refused, also escaped, before path parameters ({@code ..;x}) and beside an
 *       escaped slash; so are backslashes, control characters and broken escapes;
 *   <li>bytes above 0x7F and the printable characters that RFC 3986 forbids in a path are escaped;
 *   <li>the query stays as sent, but for bytes above 0x7F, which are escaped;
 *   <li>the host is in lower case without a final dot, without the scheme's default port.
 * </ul>
 *
 * <p>The ordinary target is scanned once and kept as the same string.
 */
public final class TargetParser {

  private TargetParser() {}

  /**
   * Returns the target that a request asks for (RFC 9112 section 3.2), or why it is refused.
   *
   * <p>A target in absolute-form has the last word on the host (RFC 9112 section 3.2.2), so the
   * forwarded Host has to be {@link Target#host()}.
   *
   * @param method the method as sent
   * @param scheme the scheme of the connection, or of the client as trusted proxies tell it
   * @param authority the value of the only Host field or of {@code :authority}; null where there is
   *     none. Several Host fields are the caller's to refuse
   * @param raw the target as sent, each byte a character
   */
  public static TargetOutcome parse(
      String method, String scheme, @Nullable String authority, String raw) {
    String known = knownScheme(scheme);
    if (known == null) {
      return TargetRefusal.SCHEME;
    }
    if (method.equals("CONNECT")) {
      return TargetRefusal.CONNECT;
    }
    if (raw.startsWith("/")) {
      return withHost(known, authority, raw);
    }
    return unusual(method, known, authority, raw);
  }

  private static TargetOutcome unusual(
      String method, String scheme, @Nullable String authority, String raw) {
    if (raw.isEmpty()) {
      return TargetRefusal.EMPTY;
    }
    if (raw.equals(Target.WHOLE_SERVER)) {
      return method.equals("OPTIONS") ? withHost(scheme, authority, raw) : TargetRefusal.FORM;
    }
    // A Host that is not one is refused even where the absolute-form overrules it (section 3.2).
    if (authority != null && Authority.normal(scheme, authority) == null) {
      return Authority.refusal(authority);
    }
    return absolute(method, scheme, raw);
  }

  private static TargetOutcome absolute(String method, String scheme, String raw) {
    int colon = raw.indexOf("://");
    if (colon <= 0) {
      return TargetRefusal.FORM;
    }
    String named = knownScheme(raw.substring(0, colon));
    if (named == null) {
      return TargetRefusal.SCHEME;
    }
    // Otherwise a client in the clear could write what is kept for https.
    if (!named.equals(scheme)) {
      return TargetRefusal.SCHEME_MISMATCH;
    }
    int end = authorityEnd(raw, colon + 3);
    return withHost(scheme, raw.substring(colon + 3, end), path(method, raw.substring(end)));
  }

  private static int authorityEnd(String raw, int from) {
    int end = from;
    while (end < raw.length() && "/?#".indexOf(raw.charAt(end)) < 0) {
      end++;
    }
    return end;
  }

  // RFC 9112 section 3.2.4: OPTIONS of a URI without a path asks for the server as a whole.
  private static String path(String method, String rest) {
    if (rest.startsWith("/")) {
      return rest;
    }
    return rest.isEmpty() && method.equals("OPTIONS") ? Target.WHOLE_SERVER : "/" + rest;
  }

  private static @Nullable String knownScheme(String scheme) {
    return switch (scheme) {
      case "http", "https" -> scheme;
      default -> {
        String lower = scheme.toLowerCase(Locale.ROOT);
        yield lower.equals("http") || lower.equals("https") ? lower : null;
      }
    };
  }

  private static TargetOutcome withHost(String scheme, @Nullable String authority, String raw) {
    String host = authority == null ? null : Authority.normal(scheme, authority);
    return host == null ? Authority.refusal(authority) : resource(scheme, host, raw);
  }

  private static TargetOutcome resource(String scheme, String host, String raw) {
    int end = plainEnd(raw);
    if (end == raw.length()) {
      return new Target(scheme, host, raw, null);
    }
    return raw.charAt(end) == '?'
        ? withQuery(scheme, host, raw.substring(0, end), raw, end + 1)
        : repaired(scheme, host, raw);
  }

  // Where the path stops being one that can stay as it is: every character may stand raw, none is
  // an escape, and no segment begins with a dot.
  private static int plainEnd(String raw) {
    int at = 0;
    while (at < raw.length() && isPlain(raw, at)) {
      at++;
    }
    return at;
  }

  private static boolean isPlain(String raw, int at) {
    char c = raw.charAt(at);
    return UriCharacters.isPath(c) && (c != '.' || raw.charAt(at - 1) != '/');
  }

  private static TargetOutcome repaired(String scheme, String host, String raw) {
    int mark = raw.indexOf('?');
    PathNormaliser path = new PathNormaliser(mark < 0 ? raw : raw.substring(0, mark));
    TargetRefusal refusal = path.refusal();
    if (refusal != null) {
      return refusal;
    }
    return mark < 0
        ? new Target(scheme, host, path.text(), null)
        : withQuery(scheme, host, path.text(), raw, mark + 1);
  }

  private static TargetOutcome withQuery(
      String scheme, String host, String path, String raw, int from) {
    boolean escape = false;
    for (int at = from; at < raw.length(); at++) {
      char c = raw.charAt(at);
      if (c <= ' ' || c == '#' || c == 0x7F || c > 0xFF) {
        return TargetRefusal.ofCharacter(c);
      }
      escape |= c > 0x7F;
    }
    String query = raw.substring(from);
    return new Target(scheme, host, path, escape ? escaped(query) : query);
  }

  private static String escaped(String query) {
    StringBuilder out = new StringBuilder(query.length() + 16);
    for (int at = 0; at < query.length(); at++) {
      char c = query.charAt(at);
      if (c > 0x7F) {
        UriCharacters.escape(c, out);
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }
}
