package org.cistern.tier.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** What an earlier run has left in a folder, for a run that has no disk tier there. */
public final class LeftBehind {

  private LeftBehind() {}

  /** Tells whether there are answers. */
  public static boolean isIn(Path folder) {
    return Files.exists(file(folder).path());
  }

  /** Deletes them, because the purges of this run cannot be written down beside them. */
  public static void delete(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      file(folder).delete();
    }
  }

  private static EntriesFile file(Path folder) {
    return new EntriesFile(DiskSettings.of(folder, 0, Duration.ZERO), 0);
  }
}
