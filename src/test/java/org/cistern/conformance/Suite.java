package org.cistern.conformance;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The files of the suite. */
record Suite(Path cases) {

  static Suite ofProperty() {
    return new Suite(
        Path.of(System.getProperty("cistern.conformance", "../shared/conformance/open.json")));
  }

  boolean isThere() {
    return Files.isReadable(cases);
  }

  List<Case> all() {
    return Case.all(text(cases));
  }

  /** Returns what other caches get; nothing where there is no such file. */
  JsonObject peers() {
    Path file = cases.resolveSibling("peers-" + cases.getFileName());
    return Files.isReadable(file) ? new JsonObject(text(file)) : new JsonObject();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
