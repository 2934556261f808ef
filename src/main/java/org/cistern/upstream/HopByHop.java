package org.cistern.upstream;

import java.util.ArrayList;
import java.util.List;

/** The fields that are meant for one connection only (RFC 9110 section 7.6.1). */
final class HopByHop {

  private HopByHop() {}

  /**
   * Returns the names of fields that {@code Connection} takes along. Its usual values name no
   * field, and framing can not be taken off in this way.
   */
  static List<String> nominated(List<String> connection) {
    List<String> names = List.of();
    for (String line : connection) {
      if (!line.equalsIgnoreCase("keep-alive") && !line.equalsIgnoreCase("close")) {
        names = with(names, line);
      }
    }
    return names;
  }

  private static List<String> with(List<String> names, String line) {
    List<String> more = new ArrayList<>(names);
    for (String token : line.split(",", -1)) {
      if (!token.trim().equalsIgnoreCase("Content-Length")) {
        more.add(token.trim());
      }
    }
    return more;
  }

  /** Tells whether a field ends here; {@code nominated} are the names besides the known ones. */
  static boolean is(String name, List<String> nominated) {
    return wellKnown(name) || (!nominated.isEmpty() && named(name, nominated));
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

  private static boolean named(String name, List<String> nominated) {
    for (String nominee : nominated) {
      if (nominee.equalsIgnoreCase(name)) {
        return true;
      }
    }
    return false;
  }
}
