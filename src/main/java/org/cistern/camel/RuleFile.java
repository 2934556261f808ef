package org.cistern.camel;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.cistern.camel.settings.SettingsException;
import org.cistern.rule.Problem;
import org.cistern.rule.load.Loaded;
import org.cistern.rule.load.RuleLoader;
import org.cistern.rule.match.RuleBook;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rule file: of the working directory where it is there, else the one inside the program. */
final class RuleFile {

  private static final Logger LOG = LoggerFactory.getLogger(RuleFile.class);

  private RuleFile() {}

  /**
   * Reads the rules; what was decided where they leave it open is in the log.
   *
   * @param upstreams the names of the upstreams that there are
   * @throws SettingsException with a sentence per mistake, each with its line
   */
  static RuleBook read(String name, Set<String> upstreams) {
    Loaded loaded = RuleLoader.file(name, text(name), upstreams);
    if (!loaded.good()) {
      List<String> problems = loaded.problems().stream().map(Problem::toString).toList();
      throw new SettingsException(problems);
    }
    RuleBook book = loaded.book();
    book.notes().forEach(note -> LOG.info("{}", note));
    return book;
  }

  /** Returns the name, with a word where the file is the one inside the program. */
  static String place(String name) {
    return Files.exists(Path.of(name)) ? name : name + " (built in)";
  }

  private static String text(String name) {
    Path path = Path.of(name);
    try {
      return Files.exists(path) ? Files.readString(path) : inside(name);
    } catch (IOException e) {
      throw new SettingsException(
          List.of("cistern.rules-file is '" + name + "'; allowed is a file that can be read"));
    }
  }

  private static String inside(String name) throws IOException {
    try (InputStream file = RuleFile.class.getResourceAsStream("/" + name)) {
      if (file == null) {
        throw new IOException("no such file");
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
