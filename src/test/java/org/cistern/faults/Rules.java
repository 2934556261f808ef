package org.cistern.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Rule files of one rule that speaks of everything. */
public final class Rules {

  private Rules() {}

  /** Returns a rule for every path with these further lines. */
  public static String everything(String... lines) {
    StringBuilder rules = new StringBuilder("rules:\n  - id: all\n    path_pattern: /**\n");
    for (String line : lines) {
      rules.append("    ").append(line).append('\n');
    }
    return rules.toString();
  }

  /** Writes rules into a folder, and returns the file as settings name it. */
  public static String file(Path folder, String rules) {
    try {
      Path file = Files.createDirectories(folder).resolve("rules.yaml");
      return Files.writeString(file, rules).toAbsolutePath().toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
