package org.cistern.camel.engine;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The paths that a route takes requests of: one, or with {@code below} all under it as well; {@code
 * {name}} stands for any segment. A slash behind the path makes no other one of it, as the router
 * of the route has it, and many origins.
 */
final class DoorPath {

  /** Closest first: more segments, then more of them named, then what takes nothing below. */
  static final Comparator<DoorPath> CLOSEST =
      Comparator.<DoorPath>comparingInt(path -> -path.segments.size())
          .thenComparingInt(DoorPath::open)
          .thenComparing(path -> path.below);

  private static final String OPEN = "{…}";
  private static final Pattern NAMED = Pattern.compile("\\{[A-Za-z0-9_]+}");
  private static final String SPECIAL = "{}*";

  private final List<String> segments;
  private final boolean below;

  private DoorPath(List<String> segments, boolean below) {
    this.segments = segments;
    this.below = below;
  }

  /** Of a path as an endpoint has it, where a last segment {@code *} is for all below. */
  static DoorPath of(String path, boolean below) {
    String rest = path.startsWith("/") ? path.substring(1) : path;
    if (rest.equals("*") || rest.endsWith("/*")) {
      return of(rest.substring(0, Math.max(0, rest.length() - 2)), true);
    }
    return new DoorPath(rest.isEmpty() ? List.of() : segments(rest), below);
  }

  /** What a segment that may be anything is called has no bearing on what it takes. */
  private static List<String> segments(String path) {
    return Stream.of(path.split("/", -1))
        .map(part -> NAMED.matcher(part).matches() ? OPEN : part)
        .toList();
  }

  /** Returns a segment that the router would read and nothing ever enters by, or null. */
  @Nullable String fault() {
    return segments.stream().filter(DoorPath::isOdd).findFirst().orElse(null);
  }

  private static boolean isOdd(String segment) {
    return !isOpen(segment)
        && (segment.startsWith(":") || segment.chars().anyMatch(c -> SPECIAL.indexOf(c) >= 0));
  }

  /** Tells whether all that it takes begins with this segment. */
  boolean isUnder(String segment) {
    return !segments.isEmpty() && segments.get(0).equals(segment);
  }

  /** Tells whether it takes whatever is asked for, even what is no path. */
  boolean isEverything() {
    return below && segments.isEmpty();
  }

  /** Returns how many segments may be anything. */
  int open() {
    return (int) segments.stream().filter(DoorPath::isOpen).count();
  }

  private static boolean isOpen(String segment) {
    return segment.equals(OPEN);
  }

  /** Tells whether the path of a request, without its query, is one of them. */
  boolean covers(String path) {
    return isEverything() || (segments.isEmpty() ? isRoot(path) : coversAll(path));
  }

  private static boolean isRoot(String path) {
    return path.equals("/") || path.isEmpty();
  }

  private boolean coversAll(String path) {
    int from = 0;
    for (String segment : segments) {
      if (from >= path.length() || path.charAt(from) != '/') {
        return false;
      }
      int to = end(path, from + 1);
      if (!fits(segment, path, from + 1, to)) {
        return false;
      }
      from = to;
    }
    return from == path.length()
        || (path.charAt(from) == '/' && (below || from == path.length() - 1));
  }

  private static int end(String path, int from) {
    int slash = path.indexOf('/', from);
    return slash < 0 ? path.length() : slash;
  }

  private static boolean fits(String segment, String path, int from, int to) {
    return isOpen(segment)
        ? to > from
        : segment.length() == to - from && path.startsWith(segment, from);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DoorPath path && segments.equals(path.segments) && below == path.below;
  }

  @Override
  public int hashCode() {
    return segments.hashCode();
  }

  @Override
  public String toString() {
    return "/" + String.join("/", segments) + (below ? " and below" : "");
  }
}
