package org.cistern.camel;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * A start that answers a few requests and ends: the build runs it to learn which classes a start
 * needs, and keeps them in the class-data archive.
 */
public final class Rehearsal {

  /** The last one is refused: a first refusal must not wait for the classes that write it. */
  private static final List<String> PATHS =
      List.of("/api/v1/models", "/api/v1/models", "/api/v1/stats/today", "/nothing", "/%00");

  private Rehearsal() {}

  /**
   * Starts with all that is set, but on free ports, with a folder of its own and the demonstration
   * in place of upstreams; asks, stops, and leaves nothing behind.
   *
   * @param environment environment variables
   * @param file the properties of {@code application.properties}
   * @param routes the folder of the routes
   */
  public static void run(
      Map<String, String> environment, Properties file, Path routes, InstantSource clock)
      throws Exception {
    Path folder = Files.createTempDirectory("cistern-rehearsal");
    try (Application application =
        new Application(RehearsalSettings.of(environment, file, folder), file, routes, clock)) {
      application.start();
      PATHS.forEach(path -> ask(application.port(), path));
    } finally {
      delete(folder);
    }
  }

  private static void ask(int port, String path) {
    URI uri = URI.create("http://127.0.0.1:" + port + path);
    try (InputStream body = uri.toURL().openStream()) {
      body.readAllBytes();
    } catch (IOException expected) {
      // A 404 and a 400 are among the paths on purpose.
      return;
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
