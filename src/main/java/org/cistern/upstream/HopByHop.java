package org.cistern.upstream;

import java.util.List;

/** The fields that are meant for one connection only (RFC 9110 section 7.6.1). */
final class HopByHop {

  private HopByHop() {}

  /**
   * Tells whether a field ends here.
   *
   * @param connection the lines of {@code Connection}, empty where there is none
   */
  static boolean is(String name, List<String> connection) {
    return wellKnown(name) || (!connection.isEmpty() && named(name, connection));
  }

  private static boolean wellKnown(String name) {
    // By length first: most names of most messages are told apart by it.
    return switch (name.length()) {
      case 2 -> name.equalsIgnoreCase("TE");
      case 7 -> name.equalsIgnoreCase("Upgrade");
      case 10 -> name.equalsIgnoreCase("Connection") || name.equalsIgnoreCase("Keep-Alive");
      case 16 -> name.equalsIgnoreCase("Proxy-Connection");
      case 17 -> name.equalsIgnoreCase("Transfer-Encoding");
      default -> false;
    };
  }

  /** Framing and routing can not be taken off by naming them in {@code Connection}. */
  private static boolean named(String name, List<String> connection) {
    for (String line : connection) {
      for (String token : line.split(",", -1)) {
        if (token.trim().equalsIgnoreCase(name) && !"Content-Length".equalsIgnoreCase(name)) {
          return true;
        }
      }
    }
    return false;
  }
}
