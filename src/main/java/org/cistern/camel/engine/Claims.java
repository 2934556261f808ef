package org.cistern.camel.engine;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The paths that other routes claim; the front door gets every request that none of them does. */
final class Claims {

  private final List<Claim> claims = new CopyOnWriteArrayList<>();

  /** Claims a path, and all below it where {@code prefix}; {@code {name}} stands for a segment. */
  Claim claim(String path, boolean prefix) {
    Claim claim = new Claim(path.split("/", -1), prefix);
    claims.add(claim);
    return claim;
  }

  void release(Claim claim) {
    claims.remove(claim);
  }

  boolean covers(String path) {
    for (Claim claim : claims) {
      if (claim.covers(path)) {
        return true;
      }
    }
    return false;
  }

  /** One claimed path, by its segments. */
  static final class Claim {

    private final String[] segments;
    private final boolean prefix;

    private Claim(String[] segments, boolean prefix) {
      this.segments = segments;
      this.prefix = prefix;
    }

    private boolean covers(String path) {
      int from = 0;
      for (int i = 1; i < segments.length; i++) {
        if (from >= path.length() || path.charAt(from) != '/') {
          return false;
        }
        int to = end(path, from + 1);
        if (!fits(segments[i], path, from + 1, to)) {
          return false;
        }
        from = to;
      }
      return from == path.length() || prefix && path.charAt(from) == '/';
    }

    private static int end(String path, int from) {
      int slash = path.indexOf('/', from);
      return slash < 0 ? path.length() : slash;
    }

    private static boolean fits(String segment, String path, int from, int to) {
      return segment.startsWith("{")
          || segment.length() == to - from && path.startsWith(segment, from);
    }
  }
}
