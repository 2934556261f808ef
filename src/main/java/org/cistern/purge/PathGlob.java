package org.cistern.purge;

import java.util.Arrays;

/**
 * A compiled path pattern: {@code *} stands for any characters within a segment, {@code **} for any
 * characters, and {@code /**} before a slash or the end also for no segment at all. Matching walks
 * the path once and holds every state that the pattern can be in, so that no pattern can make it
 * slow.
 */
final class PathGlob {

  private static final int WITHIN_SEGMENT = -1;
  private static final int ACROSS = -2;
  // A slash leads into the ACROSS that follows; both may be left out.
  private static final int SEGMENTS = -3;

  private final String prefix;
  private final int[] tokens;

  PathGlob(String pattern) {
    int star = pattern.indexOf('*');
    int literal = star < 0 ? pattern.length() : star;
    if (star > 0 && segmentsAt(pattern, star - 1)) {
      literal--;
    }
    this.prefix = pattern.substring(0, literal);
    this.tokens = compile(pattern, literal);
  }

  private static int[] compile(String pattern, int from) {
    int[] tokens = new int[2 * pattern.length()];
    int count = 0;
    for (int i = from; i < pattern.length(); ) {
      if (segmentsAt(pattern, i)) {
        tokens[count++] = SEGMENTS;
        tokens[count++] = ACROSS;
        i += 3;
      } else if (pattern.startsWith("**", i)) {
        tokens[count++] = ACROSS;
        i += 2;
      } else {
        char next = pattern.charAt(i++);
        tokens[count++] = next == '*' ? WITHIN_SEGMENT : next;
      }
    }
    return Arrays.copyOf(tokens, count);
  }

  private static boolean segmentsAt(String pattern, int i) {
    return pattern.startsWith("/**", i)
        && (i + 3 == pattern.length() || pattern.charAt(i + 3) == '/');
  }

  boolean matches(String path) {
    if (!path.startsWith(prefix)) {
      return false;
    }
    boolean[] states = new boolean[tokens.length + 1];
    boolean[] next = new boolean[tokens.length + 1];
    enter(states, 0);
    for (int i = prefix.length(); i < path.length(); i++) {
      step(states, path.charAt(i), next);
      boolean[] spent = states;
      states = next;
      next = spent;
      Arrays.fill(next, false);
    }
    return states[tokens.length];
  }

  private void step(boolean[] states, char read, boolean[] next) {
    for (int state = 0; state < tokens.length; state++) {
      if (states[state]) {
        read(state, read, next);
      }
    }
  }

  private void read(int state, char read, boolean[] next) {
    int token = tokens[state];
    if (token == ACROSS || (token == WITHIN_SEGMENT && read != '/')) {
      enter(next, state);
    } else if (token == read || (token == SEGMENTS && read == '/')) {
      enter(next, state + 1);
    }
  }

  /** Adds a state, and those that follow it without reading. */
  private void enter(boolean[] states, int from) {
    int state = from;
    while (!states[state]) {
      states[state] = true;
      if (state < tokens.length && tokens[state] < 0) {
        state += tokens[state] == SEGMENTS ? 2 : 1;
      }
    }
  }
}
