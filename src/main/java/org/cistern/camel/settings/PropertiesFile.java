package org.cistern.camel.settings;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.cistern.tier.IoWords;

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
    // A link to nothing is meant to be something.
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      try (BufferedReader reader = Files.newBufferedReader(path)) {
        skipMark(reader);
        properties.load(reader);
      } catch (IOException | IllegalArgumentException e) {
        throw refused(path, e);
      }
    }
    return properties;
  }

  private static SettingsException refused(Path path, Exception e) {
    String why = e instanceof FileSystemException file ? ": " + IoWords.of(path, file) : "";
    return new SettingsException(
        List.of(path + " cannot be read" + why + "; allowed is a file of properties in UTF-8"));
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
