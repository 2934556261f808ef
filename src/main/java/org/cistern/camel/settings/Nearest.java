package org.cistern.camel.settings;

import java.util.Comparator;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The name of a setting that somebody may have meant, by edit distance (Levenshtein). */
final class Nearest {

  /** What rules call the first upstream; its settings go without a name. */
  private static final Pattern PRIMARY =
      Pattern.compile("(?i)(?<=^cistern[._]upstream)[._]primary(?=[._])");

  private Nearest() {}

  static String to(String name, Function<Setting, String> names) {
    return names.apply(setting(name, names));
  }

  static Setting setting(String name, Function<Setting, String> names) {
    String meant = PRIMARY.matcher(name).replaceFirst("");
    return Stream.of(Setting.values())
        .min(Comparator.comparingInt(known -> distance(meant, names.apply(known))))
        .orElseThrow();
  }

  /** Tells whether it is the key or the variable of a setting with two letters wrong at most. */
  static boolean isMisspelt(String name) {
    return Stream.of(Setting.values())
        .flatMap(setting -> Stream.of(setting.key(), setting.variable()))
        .anyMatch(known -> distance(name, known) <= 2);
  }

  private static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      next(row, from.charAt(i - 1), i, to);
    }
    return row[to.length()];
  }

  private static void next(int[] row, char letter, int i, String to) {
    int diagonal = row[0];
    row[0] = i;
    for (int j = 1; j <= to.length(); j++) {
      int replaced = diagonal + (letter == to.charAt(j - 1) ? 0 : 1);
      diagonal = row[j];
      row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
    }
  }
}
