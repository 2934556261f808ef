package org.cistern.rule.match;

import java.util.List;

/**
 * What the patterns of usual rules say, in cells of one size: how a pattern ends, how long its
 * beginning is, and the beginning itself. A rule that has other conditions, another end or a longer
 * beginning is hard: its cell says no more than the length, and it has to be asked itself.
 */
final class FlatCells {

  private static final int SIZE = 32;
  private static final int EXACT = 1;
  private static final int SUBTREE = 2;
  private static final List<String> ENDS = List.of("hard", "", "/**", "/*");

  private final byte[] cells;

  FlatCells(int count) {
    cells = new byte[count * SIZE];
  }

  void enter(int at, CompiledRule rule) {
    String beginning = rule.pattern().beginning();
    int end = ENDS.indexOf(rule.pattern().text().substring(beginning.length()));
    int cell = at * SIZE;
    cells[cell + 1] = (byte) beginning.length();
    if (rule.usual() && end > 0 && beginning.length() <= SIZE - 2) {
      cells[cell] = (byte) end;
      for (int i = 0; i < beginning.length(); i++) {
        cells[cell + 2 + i] = (byte) beginning.charAt(i);
      }
    }
  }

  boolean isHard(int at) {
    return cells[at * SIZE] == 0;
  }

  /**
   * Tells whether the beginning may end at {@code to}. A path that is made to find a hard rule over
   * and over meets it at a few lengths at most.
   */
  boolean mayFit(int at, int to) {
    return cells[at * SIZE + 1] == (byte) to;
  }

  /** Tells whether a path, of which a beginning ends at {@code to}, is like the pattern. */
  boolean fits(int at, String path, int to) {
    int cell = at * SIZE;
    return cells[cell + 1] == to && ends(cells[cell], path, to) && begins(cell + 2, path, to);
  }

  private static boolean ends(int end, String path, int to) {
    if (to == path.length() || end == EXACT) {
      return to == path.length() && end <= SUBTREE;
    }
    return path.charAt(to) == '/' && (end == SUBTREE || path.indexOf('/', to + 1) < 0);
  }

  private boolean begins(int text, String path, int to) {
    for (int i = 0; i < to; i++) {
      if (path.charAt(i) != cells[text + i]) {
        return false;
      }
    }
    return true;
  }
}
