package org.cistern.rule;

import java.util.List;

/**
 * What the patterns of usual rules say, in cells of one size: how a pattern ends, how long its
 * beginning is, and the beginning itself. A rule that has other conditions, another end or a longer
 * beginning is hard: its cell is empty, and it has to be asked itself.
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
    if (rule.usual() && end > 0 && beginning.length() <= SIZE - 2) {
      int cell = at * SIZE;
      cells[cell] = (byte) end;
      cells[cell + 1] = (byte) beginning.length();
      for (int i = 0; i < beginning.length(); i++) {
        cells[cell + 2 + i] = (byte) beginning.charAt(i);
      }
    }
  }

  boolean isHard(int at) {
    return cells[at * SIZE] == 0;
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
