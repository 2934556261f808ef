package org.cistern;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Properties;
import org.cistern.camel.Application;
import org.cistern.camel.Rehearsal;
import org.cistern.camel.settings.Settings;
import org.cistern.camel.settings.SettingsException;
import org.cistern.camel.settings.SettingsLoader;

/** Starts the gateway. */
public final class Cistern {

  private static final Path SETTINGS = Path.of("application.properties");

  private static final Path ROUTES = Path.of("routes");

  private Cistern() {}

  /**
   * Starts the gateway and waits until a signal stops it.
   *
   * @param args nothing, or {@code rehearse} for a start that only trains the class-data archive
   */
  public static void main(String[] args) throws Exception {
    Logging.configure();
    Tuning.apply();
    if (List.of(args).contains("rehearse")) {
      Rehearsal.run(InstantSource.system());
      return;
    }
    try {
      Settings settings = SettingsLoader.load(System.getenv(), properties());
      new Application(settings, ROUTES, InstantSource.system()).run();
    } catch (SettingsException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  private static Properties properties() throws IOException {
    Properties properties = new Properties();
    if (Files.isReadable(SETTINGS)) {
      try (Reader reader = Files.newBufferedReader(SETTINGS)) {
        properties.load(reader);
      }
    }
    return properties;
  }
}
