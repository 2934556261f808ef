package org.cistern.camel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.cistern.camel.settings.Setting;
import org.cistern.camel.settings.Settings;

/** How many files this process may have open, of which each connection is one. */
final class OpenFiles {

  /** Where Linux says so; the JVM's own bean would take longer than the rest of the screen. */
  static final Path LIMITS = Path.of("/proc/self/limits");

  private static final Pattern LIMIT = Pattern.compile("Max open files\\s+(\\d{1,18})\\s.*");

  private OpenFiles() {}

  /** Returns a sentence where there may be more connections than files. */
  static List<String> warnings(Settings settings, Path limits) {
    int connections = settings.count(Setting.MAX_CONNECTIONS);
    try (Stream<String> lines = Files.lines(limits)) {
      return lines
          .map(LIMIT::matcher)
          .filter(Matcher::matches)
          .map(line -> Long.parseLong(line.group(1)))
          .filter(most -> most < connections)
          .map(most -> sentence(connections, most))
          .toList();
    } catch (IOException unknown) {
      return List.of();
    }
  }

  private static String sentence(int connections, long most) {
    return "cistern.max-connections is '%d', but this process may have %d files open (ulimit -n)"
        .formatted(connections, most);
  }
}
