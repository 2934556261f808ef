package org.cistern;

import java.io.IOException;
import java.io.InputStream;
import java.util.logging.LogManager;

/** The form of log lines: one line each, unless the JVM was given a configuration of its own. */
final class Logging {

  private static final String MANAGER = "java.util.logging.manager";

  private Logging() {}

  static void configure() throws IOException {
    if (System.getProperty("java.util.logging.config.file") != null) {
      return;
    }
    if (System.getProperty(MANAGER) == null) {
      System.setProperty(MANAGER, LastingLog.class.getName());
    }
    try (InputStream file = Logging.class.getResourceAsStream("/logging.properties")) {
      LogManager.getLogManager().readConfiguration(file);
    }
    if (LogManager.getLogManager() instanceof LastingLog log) {
      log.last();
    }
  }
}
