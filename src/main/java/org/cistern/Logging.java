package org.cistern;

import java.io.IOException;
import java.io.InputStream;
import java.util.logging.LogManager;

/** The form of log lines: one line each, unless the JVM was given a configuration of its own. */
final class Logging {

  private Logging() {}

  static void configure() throws IOException {
    if (System.getProperty("java.util.logging.config.file") != null) {
      return;
    }
    try (InputStream file = Logging.class.getResourceAsStream("/logging.properties")) {
      LogManager.getLogManager().readConfiguration(file);
    }
  }
}
