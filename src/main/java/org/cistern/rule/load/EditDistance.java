package org.cistern.rule.load;

/** How far two words are apart (V. I. Levenshtein, Soviet Physics Doklady 10, 1966). */
public final class EditDistance {

  private EditDistance() {}

  /** Returns how many characters must be put in, left out or changed to make one of the other. */
  public static int between(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      next(row, one.charAt(i - 1), i, other);
    }
    return row[other.length()];
  }

  private static void next(int[] row, char letter, int i, String other) {
    int diagonal = row[0];
    row[0] = i;
    for (int j = 1; j < row.length; j++) {
      int change = diagonal + (letter == other.charAt(j - 1) ? 0 : 1);
      diagonal = row[j];
      row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
    }
  }
}
