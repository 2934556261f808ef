package org.cistern.camel.settings;

import java.util.Comparator;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.cistern.rule.load.EditDistance;

/** The name of a setting that somebody may have meant, by edit distance. */
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
        .min(Comparator.comparingInt(known -> EditDistance.between(meant, names.apply(known))))
        .orElseThrow();
  }

  /** Tells whether it is the key or the variable of a setting with two letters wrong at most. */
  static boolean isMisspelt(String name) {
    return Stream.of(Setting.values())
        .flatMap(setting -> Stream.of(setting.key(), setting.variable()))
        .anyMatch(known -> EditDistance.between(name, known) <= 2);
  }
}
