package org.cistern.freshness;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.cistern.http.Target;
import org.jspecify.annotations.Nullable;

/** Resolves what {@code Location} and {@code Content-Location} refer to (RFC 3986 section 5). */
final class Reference {

  private Reference() {}

  /** Returns the target of a reference made in a response for another, or null where it is none. */
  static @Nullable Target resolve(Target base, String reference) {
    try {
      // An empty reference means the base itself, which java.net.URI does not know.
      String text = reference.strip();
      URI uri = text.isEmpty() ? new URI(base.uri()) : new URI(base.uri()).resolve(new URI(text));
      return target(text.startsWith("?") ? query(base, text) : uri);
    } catch (URISyntaxException notAReference) {
      return null;
    }
  }

  /** Tells whether two targets have scheme, host and port in common. */
  static boolean sameOrigin(Target one, Target other) {
    return one.scheme().equals(other.scheme()) && one.host().equals(other.host());
  }

  private static URI query(Target base, String query) throws URISyntaxException {
    return new URI(base.scheme() + "://" + base.host() + base.path() + query);
  }

  private static @Nullable Target target(URI uri) {
    String scheme = uri.getScheme();
    String authority = uri.getRawAuthority();
    if (scheme == null || authority == null || uri.getRawUserInfo() != null) {
      return null;
    }
    String lower = scheme.toLowerCase(Locale.ROOT);
    String path = uri.normalize().getRawPath();
    return new Target(
        lower,
        host(lower, authority.toLowerCase(Locale.ROOT)),
        path == null || path.isEmpty() ? "/" : path,
        uri.getRawQuery());
  }

  private static String host(String scheme, String authority) {
    String port = scheme.equals("https") ? ":443" : ":80";
    return authority.endsWith(port)
        ? authority.substring(0, authority.length() - port.length())
        : authority;
  }
}
