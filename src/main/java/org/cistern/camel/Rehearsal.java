package org.cistern.camel;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.cistern.camel.settings.SettingsLoader;

/**
 * A start that answers a few requests and ends: the build runs it to learn which classes a start
 * needs, and keeps them in the class-data archive.
 */
public final class Rehearsal {

  /** The last one is refused: a first refusal must not wait for the classes that write it. */
  private static final List<String> PATHS =
      List.of("/api/v1/models", "/api/v1/models", "/api/v1/stats/today", "/nothing", "/%00");

  private Rehearsal() {}

  /** Starts on free ports with a folder of its own, asks, stops, and leaves nothing behind. */
  public static void run(InstantSource clock) throws Exception {
    Path folder = Files.createTempDirectory("cistern-rehearsal");
    Map<String, String> environment = new HashMap<>();
    environment.put("CISTERN_HOST", "127.0.0.1");
    environment.put("CISTERN_PORT", "0");
    environment.put("CISTERN_MANAGEMENT_PORT", "0");
    environment.put("CACHE_L3_STORAGE_PATH", folder.toString());
    // Never asked, but a name that is looked up.
    environment.put("CISTERN_UPSTREAM_FALLBACK_URL", "http://localhost:1");
    try (Application application =
        new Application(
            SettingsLoader.load(environment, new Properties()), Path.of("routes"), clock)) {
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
