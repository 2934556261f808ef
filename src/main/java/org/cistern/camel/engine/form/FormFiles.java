package org.cistern.camel.engine.form;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of the files that forms bring to routes on worker threads: its owner's alone, and each
 * file is gone with its response. It is made for the first route that may get any.
 */
public final class FormFiles {

  private static final Logger LOG = LoggerFactory.getLogger(FormFiles.class);
  private static final String NAME = "cistern-forms-";

  private @Nullable Path folder;

  /** Returns the folder. */
  public synchronized Path folder() {
    if (folder == null) {
      folder = create();
    }
    return folder;
  }

  /** The gateway can do without: only a form with a file in it fails then. */
  private static Path create() {
    try {
      return Files.createTempDirectory(NAME);
    } catch (IOException e) {
      LOG.warn("Forms with files cannot be taken, there is no temporary folder: {}", e.toString());
      return Path.of(System.getProperty("java.io.tmpdir"), NAME + UUID.randomUUID());
    }
  }

  /** Removes the folder with what requests that broke off have left in it. */
  public synchronized void remove() {
    try {
      if (folder != null && Files.exists(folder)) {
        removeWithFiles(folder);
      }
    } catch (IOException stays) {
      LOG.warn("{} cannot be removed: {}", folder, stays.toString());
    }
  }

  private static void removeWithFiles(Path folder) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(folder);
  }
}
