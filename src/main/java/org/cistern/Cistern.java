package org.cistern;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.cistern.camel.Application;
import org.cistern.camel.Rehearsal;
import org.cistern.camel.settings.PropertiesFile;
import org.cistern.camel.settings.Settings;
import org.cistern.camel.settings.SettingsException;
import org.cistern.camel.settings.SettingsLoader;

/** Starts the gateway. */
public final class Cistern {

  private static final Path ROUTES = Path.of("routes");

  private static final int FAILED = 1;

  /** How long what the JVM does at its end may take after a failed start. */
  private static final int LAST_WORDS_SECONDS = 10;

  private Cistern() {}

  /**
   * Starts the gateway and waits until a signal stops it. A start that fails ends with status 1.
   *
   * @param args nothing, or {@code rehearse} for a start that only trains the class-data archive
   */
  public static void main(String[] args) {
    Tuning.apply();
    try {
      begin(List.of(args));
    } catch (SettingsException e) {
      System.err.println(e.getMessage());
      end();
    } catch (Throwable e) {
      e.printStackTrace();
      end();
    }
  }

  private static void begin(List<String> arguments) throws Exception {
    if (arguments.equals(List.of("rehearse"))) {
      rehearse();
    } else if (arguments.isEmpty()) {
      run();
    } else {
      throw new SettingsException(
          List.of(
              "the arguments are '%s'; allowed is none, for settings are environment variables or"
                      .formatted(String.join(" ", arguments))
                  + " lines of application.properties, or rehearse alone"));
    }
  }

  private static void run() throws Exception {
    Logging.configure();
    Properties file = PropertiesFile.read(PropertiesFile.PATH);
    Settings settings = SettingsLoader.load(System.getenv(), file);
    new Application(settings, file, ROUTES, InstantSource.system()).run();
  }

  /** Threads that were begun would keep the process alive, which serves nobody and has the lock. */
  private static void end() {
    CompletableFuture.delayedExecutor(LAST_WORDS_SECONDS, TimeUnit.SECONDS)
        .execute(() -> Runtime.getRuntime().halt(FAILED));
    System.exit(FAILED);
  }

  /** What a start says is said, for its classes belong to the start, but nobody listens. */
  private static void rehearse() throws Exception {
    PrintStream console = System.err;
    System.setErr(new PrintStream(OutputStream.nullOutputStream(), false, UTF_8));
    try {
      Logging.configure();
      Properties file = PropertiesFile.read(PropertiesFile.PATH);
      Rehearsal.run(System.getenv(), file, ROUTES, InstantSource.system());
    } finally {
      System.setErr(console);
    }
  }
}
