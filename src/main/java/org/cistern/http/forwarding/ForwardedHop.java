package org.cistern.http.forwarding;

import java.util.Locale;
import org.cistern.http.IpLiteral;
import org.jspecify.annotations.Nullable;

/**
 * What one proxy says of the request that it received.
 *
 * @param address the IP address that it came from; null where it is hidden, unknown or no address
 * @param scheme the scheme that it used, http or https; null where it is not told
 * @param host the host that it asked for; null where it is not told
 */
record ForwardedHop(@Nullable String address, @Nullable String scheme, @Nullable String host) {

  /** A hop of which nothing can be read: whatever stands before it cannot be checked. */
  static final ForwardedHop UNKNOWN = new ForwardedHop(null, null, null);

  /** Returns the hop of what the fields say, each part raw or null. */
  static ForwardedHop of(@Nullable String node, @Nullable String scheme, @Nullable String host) {
    return new ForwardedHop(
        node == null ? null : address(node),
        scheme == null ? null : scheme(scheme),
        host == null || host.isEmpty() ? null : host);
  }

  // RFC 7239 section 6: an address, IPv6 in brackets, with or without a port. X-Forwarded-For also
  // has IPv6 without brackets, which then has no port.
  private static @Nullable String address(String node) {
    byte[] bytes = IpLiteral.parse(withoutPort(node));
    return bytes == null ? null : IpLiteral.format(bytes);
  }

  private static String withoutPort(String node) {
    if (node.startsWith("[")) {
      int end = node.indexOf(']');
      return node.substring(1, Math.max(1, end));
    }
    int colon = node.indexOf(':');
    return colon < 0 || colon != node.lastIndexOf(':') ? node : node.substring(0, colon);
  }

  private static @Nullable String scheme(String scheme) {
    return switch (scheme.toLowerCase(Locale.ROOT)) {
      case "http", "ws" -> "http";
      case "https", "wss" -> "https";
      default -> null;
    };
  }
}
