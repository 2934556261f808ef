package org.cistern.camel.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Where the text of a setting comes from: the environment, a file that the environment names, or
 * {@code application.properties}. Blank is as good as not there: compose files and charts hand on
 * variables that nobody has set.
 *
 * @param environment the environment variables
 * @param file the properties of {@code application.properties}
 * @param problems takes a sentence for each thing that is wrong
 */
record Sources(Map<String, String> environment, Properties file, List<String> problems) {

  /** Returns what somebody has set, or null. */
  @Nullable String given(Setting setting) {
    String direct = direct(setting);
    String path = filled(environment.get(setting.variable() + "_FILE"));
    if (direct != null && path != null) {
      problems.add("%1$s and %1$s_FILE are both set; allowed is one".formatted(setting.variable()));
    }
    if (direct != null) {
      return direct;
    }
    return path != null ? fromFile(setting, path) : filled(file.getProperty(setting.key()));
  }

  /** In a pod, a service named redis sets {@code REDIS_PORT} to {@code tcp://10.0.0.1:6379}. */
  private @Nullable String direct(Setting setting) {
    String value = filled(environment.get(setting.variable()));
    boolean ofKubernetes =
        value != null && setting.key().endsWith(".port") && value.startsWith("tcp://");
    return ofKubernetes ? null : value;
  }

  private static @Nullable String filled(@Nullable String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }

  private @Nullable String fromFile(Setting setting, String path) {
    String text = read(path);
    if (text == null || text.isEmpty()) {
      String what = text == null ? "" : ", which is empty";
      problems.add(
          "%s_FILE is '%s'%s; allowed is a file that holds the value"
              .formatted(setting.variable(), path, what));
      return null;
    }
    return text;
  }

  private static @Nullable String read(String path) {
    try {
      return PropertiesFile.withoutMark(Files.readString(Path.of(path))).strip();
    } catch (IOException | InvalidPathException e) {
      return null;
    }
  }
}
