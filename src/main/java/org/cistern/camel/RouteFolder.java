package org.cistern.camel;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.cistern.camel.settings.SettingsException;
import org.cistern.tier.IoWords;

/**
 * The folder of the routes; where it holds none, those inside the program run.
 *
 * @param path where it is
 */
record RouteFolder(Path path) {

  /** The routes inside the program, by name: to look for them would take a second of the start. */
  static final List<String> INSIDE = List.of("api", "upstream", "errors", "demonstration");

  /**
   * Returns where Camel finds the routes.
   *
   * @throws SettingsException where the folder cannot be read
   */
  String pattern() {
    return holdsRoutes()
        ? "file:" + path + "/*.camel.yaml"
        : INSIDE.stream()
            .map(id -> "classpath:routes/" + id + ".camel.yaml")
            .collect(Collectors.joining(","));
  }

  /** Returns where Camel finds the kamelets. */
  String kamelets() {
    return "file:" + path + "/kamelets,classpath:routes/kamelets,classpath:kamelets";
  }

  private boolean holdsRoutes() {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(path, "*.camel.yaml")) {
      return files.iterator().hasNext();
    } catch (NotDirectoryException | NoSuchFileException none) {
      return false;
    } catch (IOException e) {
      throw new SettingsException(List.of(path + "/ cannot be read: " + IoWords.of(path, e)));
    }
  }
}
