package org.cistern;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
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
    Tuning.apply();
    if (List.of(args).contains("rehearse")) {
      rehearse();
      return;
    }
    Logging.configure();
    try {
      Settings settings = SettingsLoader.load(System.getenv(), properties());
      new Application(settings, ROUTES, InstantSource.system()).run();
    } catch (SettingsException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  /** What a start says is said, for its classes belong to the start, but nobody listens. */
  private static void rehearse() throws Exception {
    PrintStream console = System.err;
    System.setErr(new PrintStream(OutputStream.nullOutputStream(), false, UTF_8));
    try {
      Logging.configure();
      Rehearsal.run(InstantSource.system());
    } finally {
      System.setErr(console);
    }
  }

  private static Properties properties() {
    Properties properties = new Properties();
    if (Files.exists(SETTINGS)) {
      try (Reader reader = Files.newBufferedReader(SETTINGS)) {
        properties.load(reader);
      } catch (IOException | IllegalArgumentException e) {
        throw new SettingsException(
            List.of(
                "application.properties cannot be read; allowed is a file of properties in UTF-8"));
      }
    }
    return properties;
  }
}
