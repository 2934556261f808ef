package org.cistern.rule.match;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A part of a path pattern as a small automaton: one state per token, read from left to right. A
 * set of states is a {@code long}, so that a path is tried against all readings of the pattern at
 * once and each of its characters is looked at once.
 */
final class PatternTokens {

  /** The most tokens that a set of states has room for. */
  static final int MOST = 62;

  /** Any characters of one segment. */
  static final int STAR = -1;

  /** Any characters. */
  static final int DEEP = -2;

  /** A slash with a {@link #DEEP} behind it, or neither of them. */
  static final int SUBTREE = -3;

  private final int[] tokens;

  private PatternTokens(int[] tokens) {
    this.tokens = tokens;
  }

  static PatternTokens of(String text) {
    int[] tokens = new int[text.length() + 1];
    int count = 0;
    for (int i = 0; i < text.length(); ) {
      if (subtreeAt(text, i)) {
        tokens[count++] = SUBTREE;
        tokens[count++] = DEEP;
        i += 3;
      } else if (text.startsWith("**", i)) {
        tokens[count++] = DEEP;
        i += 2;
      } else {
        char c = text.charAt(i++);
        tokens[count++] = c == '*' ? STAR : c;
      }
    }
    return new PatternTokens(Arrays.copyOf(tokens, count));
  }

  /** Tells whether {@code /**} stands here as a whole segment. */
  static boolean subtreeAt(String text, int at) {
    return text.startsWith("/**", at) && (at + 3 == text.length() || text.charAt(at + 3) == '/');
  }

  int count() {
    return tokens.length;
  }

  /** Returns the place of the first wildcard, or the count. */
  int firstWildcard() {
    int at = 0;
    while (at < tokens.length && tokens[at] >= 0) {
      at++;
    }
    return at;
  }

  /** Returns the place behind the last wildcard, or 0. */
  int lastWildcard() {
    int at = tokens.length;
    while (at > 0 && tokens[at - 1] >= 0) {
      at--;
    }
    return at;
  }

  /** Returns the part from one place to another. */
  PatternTokens slice(int from, int to) {
    return new PatternTokens(Arrays.copyOfRange(tokens, from, to));
  }

  /** Returns literal tokens as text; only for a part without wildcards. */
  String literal(int from, int to) {
    return new String(tokens, from, to - from);
  }

  /** Returns the distinct literal characters. */
  IntStream literals() {
    return Arrays.stream(tokens).filter(t -> t >= 0).distinct();
  }

  /** Tells whether this is a wildcard of the kind and nothing else. */
  boolean isOnly(int kind) {
    return tokens[0] == kind && tokens.length == (kind == SUBTREE ? 2 : 1);
  }

  /** Tells whether no wildcard goes across segments. */
  boolean staysInSegments() {
    return Arrays.stream(tokens).allMatch(t -> t >= STAR);
  }

  /** Returns the state that is reached without reading anything, or -1. */
  int skip(int state) {
    if (state == tokens.length || tokens[state] >= 0) {
      return -1;
    }
    return tokens[state] == SUBTREE ? state + 2 : state + 1;
  }

  /** Returns the state that is reached by reading a character, or -1. */
  int move(int state, char c) {
    if (state == tokens.length) {
      return -1;
    }
    return switch (tokens[state]) {
      case STAR -> c == '/' ? -1 : state;
      case DEEP -> state;
      case SUBTREE -> c == '/' ? state + 1 : -1;
      default -> c == tokens[state] ? state + 1 : -1;
    };
  }

  /** Returns a state and all that is reached from it without reading, as a set. */
  long reach(int state) {
    long set = 0;
    for (int s = state; s >= 0; s = skip(s)) {
      set |= 1L << s;
    }
    return set;
  }

  /** Returns the set that is reached from a set by reading a character; 0 where there is none. */
  long step(long set, char c) {
    long next = 0;
    for (long rest = set; rest != 0; rest &= rest - 1) {
      int to = move(Long.numberOfTrailingZeros(rest), c);
      if (to >= 0) {
        next |= reach(to);
      }
    }
    return next;
  }

  /** Tells whether a set holds the state in which everything is read. */
  boolean accepts(long set) {
    return (set >>> tokens.length & 1) != 0;
  }

  /** Tells whether the characters from {@code from} to {@code to} are like this part. */
  boolean matches(String path, int from, int to) {
    long set = reach(0);
    for (int i = from; i < to && set != 0; i++) {
      set = step(set, path.charAt(i));
    }
    return accepts(set);
  }

  /**
   * The same without any set, for a part whose wildcards stay in their segments: there the last
   * star is the only one worth another try, for no earlier one can eat a slash.
   */
  boolean matchesInSegments(String path, int from, int to) {
    int at = 0;
    int star = -1;
    int mark = from;
    int i = from;
    while (i < to) {
      if (at < tokens.length && tokens[at] == STAR) {
        star = at++;
        mark = i;
      } else if (at < tokens.length && tokens[at] == path.charAt(i)) {
        at++;
        i++;
      } else if (star >= 0 && path.charAt(mark) != '/') {
        at = star + 1;
        i = ++mark;
      } else {
        return false;
      }
    }
    return at >= lastLiteralEnd();
  }

  private int lastLiteralEnd() {
    int end = tokens.length;
    while (end > 0 && tokens[end - 1] == STAR) {
      end--;
    }
    return end;
  }
}
