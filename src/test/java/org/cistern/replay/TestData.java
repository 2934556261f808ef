package org.cistern.replay;

import java.nio.file.Path;

/**
 * Where recorded traffic lies: the system property {@code cistern.data}, else beside the project.
 */
final class TestData {

  private TestData() {}

  static Path file(String name) {
    return Path.of(System.getProperty("cistern.data", "../shared/data")).resolve(name);
  }
}
