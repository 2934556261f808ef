package org.cistern.rule.match;

import org.jspecify.annotations.Nullable;

/**
 * A pattern of normalised paths: {@code *} stands for any characters within a segment, {@code **}
 * for any characters across segments, none included; everything else is literal and case counts.
 * {@code /**} as a whole segment may also stand for nothing: {@code /a/**} speaks of {@code /a},
 * {@code /a/} and all below.
 */
public final class PathPattern {

  private final String text;
  private final String prefix;
  private final String suffix;
  private final PatternTokens middle;
  private final Shape shape;

  /** How a path is compared: the cheapest way that is exact. */
  private enum Shape {
    EXACT,
    ONE_STAR,
    ONE_DEEP,
    ONE_SUBTREE,
    STARS,
    MIXED
  }

  private PathPattern(String text) {
    PatternTokens tokens = PatternTokens.of(text);
    int first = tokens.firstWildcard();
    int last = Math.max(first, tokens.lastWildcard());
    this.text = text;
    this.prefix = tokens.literal(0, first);
    this.suffix = tokens.literal(last, tokens.count());
    this.middle = tokens.slice(first, last);
    this.shape = shapeOf(middle);
  }

  /**
   * Returns the pattern of this text. What a normalised path would have percent-encoded is so here.
   *
   * @throws IllegalArgumentException with a sentence that says what is wrong with it
   */
  public static PathPattern of(String text) {
    PathPattern pattern = new PathPattern(PatternText.normalise(text));
    if (pattern.middle.count() > PatternTokens.MOST) {
      throw new IllegalArgumentException(
          "has more than " + PatternTokens.MOST + " characters between its first and last star");
    }
    return pattern;
  }

  private static Shape shapeOf(PatternTokens middle) {
    if (middle.count() == 0) {
      return Shape.EXACT;
    }
    if (middle.isOnly(PatternTokens.STAR)) {
      return Shape.ONE_STAR;
    }
    if (middle.isOnly(PatternTokens.DEEP)) {
      return Shape.ONE_DEEP;
    }
    if (middle.isOnly(PatternTokens.SUBTREE)) {
      return Shape.ONE_SUBTREE;
    }
    return middle.staysInSegments() ? Shape.STARS : Shape.MIXED;
  }

  /** Returns the pattern as normalised. */
  public String text() {
    return text;
  }

  /** Returns what every path begins with. */
  String prefix() {
    return prefix;
  }

  /**
   * Returns the whole segments that every path begins with, without the slash in front of the first
   * wildcard; of a pattern without one, all of it.
   */
  String beginning() {
    boolean whole = exact() || PatternTokens.subtreeAt(text, prefix.length());
    return whole ? prefix : prefix.substring(0, prefix.lastIndexOf('/'));
  }

  /** Returns what every path ends with; empty where there is no wildcard. */
  String suffix() {
    return suffix;
  }

  /** Returns the part from the first wildcard to the last. */
  PatternTokens middle() {
    return middle;
  }

  /** Tells whether there is no wildcard. */
  public boolean exact() {
    return shape == Shape.EXACT;
  }

  /**
   * Tells whether a normalised path is like this pattern. The time is bounded by the product of
   * both lengths, whatever they hold.
   */
  public boolean matches(String path) {
    int from = prefix.length();
    int to = path.length() - suffix.length();
    return from <= to
        && path.startsWith(prefix)
        && path.endsWith(suffix)
        && between(path, from, to);
  }

  private boolean between(String path, int from, int to) {
    return switch (shape) {
      case EXACT -> from == to;
      case ONE_STAR -> inSegment(path, from, to);
      case ONE_DEEP -> true;
      case ONE_SUBTREE -> from == to || path.charAt(from) == '/';
      case STARS -> middle.matchesInSegments(path, from, to);
      case MIXED -> middle.matches(path, from, to);
    };
  }

  private static boolean inSegment(String path, int from, int to) {
    int slash = path.indexOf('/', from);
    return slash < 0 || slash >= to;
  }

  /**
   * Tells whether every path that is like the other pattern is like this one. True is certain; for
   * a few pairs of patterns with many wildcards the answer is false although it does.
   */
  public boolean covers(PathPattern other) {
    if (text.equals(other.text)) {
      return true;
    }
    if (other.exact()) {
      return matches(other.text);
    }
    return !exact()
        && other.prefix.startsWith(prefix)
        && other.suffix.endsWith(suffix)
        && new PatternCover(this, other).holds();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PathPattern that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
