package org.cistern.camel.settings;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/** {@code application.properties} in UTF-8, which some editors begin with a byte order mark. */
public final class PropertiesFile {

  /** Where it is. */
  public static final Path PATH = Path.of("application.properties");

  static final char BYTE_ORDER_MARK = '\uFEFF';

  private PropertiesFile() {}

  /**
   * Reads it; there is nothing in one that is not there.
   *
   * @throws SettingsException where it cannot be read
   */
  public static Properties read(Path path) {
    Properties properties = new Properties();
    if (Files.exists(path)) {
      try (BufferedReader reader = Files.newBufferedReader(path)) {
        skipMark(reader);
        properties.load(reader);
      } catch (IOException | IllegalArgumentException e) {
        throw new SettingsException(
            List.of(path + " cannot be read; allowed is a file of properties in UTF-8"));
      }
    }
    return properties;
  }

  private static void skipMark(Reader reader) throws IOException {
    reader.mark(1);
    if (reader.read() != BYTE_ORDER_MARK) {
      reader.reset();
    }
  }

  /** Returns a text without the mark at its start. */
  static String withoutMark(String text) {
    return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
  }
}
