package org.cistern.rule;

import java.util.List;

/**
 * What path patterns say, in cells of one size: how a pattern ends, how long its beginning is, and
 * the beginning itself. A pattern that does not go into a cell leaves it empty, and is asked
 * itself.
 */
final class FlatCells {

  private static final int SIZE = 32;
  private static final int EMPTY = 0;
  private static final int EXACT = 1;
  private static final int SUBTREE = 2;
  private static final List<String> ENDS = List.of("none", "", "/**", "/*");

  private final byte[] cells;

  FlatCells(int count) {
    cells = new byte[count * SIZE];
  }

  void enter(int at, PathPattern pattern) {
    String beginning = pattern.beginning();
    int end = ENDS.indexOf(pattern.text().substring(beginning.length()));
    if (end > EMPTY && beginning.length() <= SIZE - 2) {
      int cell = at * SIZE;
      cells[cell] = (byte) end;
      cells[cell + 1] = (byte) beginning.length();
      for (int i = 0; i < beginning.length(); i++) {
        cells[cell + 2 + i] = (byte) beginning.charAt(i);
      }
    }
  }

  /** Tells whether a path, of which a beginning may end at {@code to}, is like the pattern. */
  boolean fit(int at, PathPattern pattern, String path, int to) {
    int cell = at * SIZE;
    int end = cells[cell];
    return end == EMPTY
        ? pattern.matches(path)
        : cells[cell + 1] == to && ends(end, path, to) && begins(cell + 2, path, to);
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
