package org.cistern.rule.match;

import java.util.Locale;

/**
 * A host in which {@code *} stands for any characters, as in {@code *.example.org}. Without a port
 * it speaks of every port.
 */
final class HostPattern {

  private final Wildcard pattern;
  private final boolean anyPort;

  HostPattern(String text) {
    this.pattern = new Wildcard(text.toLowerCase(Locale.ROOT));
    this.anyPort = portAt(text) == text.length();
  }

  /** Tells whether a host in lower case, with or without a port, is meant. */
  boolean matches(String host) {
    return pattern.matches(host, anyPort ? portAt(host) : host.length());
  }

  /** Tells whether every host that the other means is meant here, too. */
  boolean covers(HostPattern other) {
    return anyPort
        ? pattern.matches(other.pattern.text(), portAt(other.pattern.text()))
        : !other.anyPort && pattern.covers(other.pattern);
  }

  /** Returns where the colon before the port is, or the length; an IPv6 address is in brackets. */
  private static int portAt(String host) {
    int colon = host.lastIndexOf(':');
    return colon > host.lastIndexOf(']') ? colon : host.length();
  }
}
