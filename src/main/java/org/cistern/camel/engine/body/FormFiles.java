package org.cistern.camel.engine.body;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of the files that forms bring to routes on worker threads: its owner's alone, and each
 * file is gone with its response. It is made for the first of them, and again where somebody has
 * removed it meanwhile.
 */
public final class FormFiles {

  private static final Logger LOG = LoggerFactory.getLogger(FormFiles.class);
  private static final String NAME = "forms";

  private boolean closed;
  private volatile Path folder =
      Path.of(System.getProperty("java.io.tmpdir"), "cistern-" + NAME + '-' + UUID.randomUUID());

  /** Has it in a folder of the gateway's own, without what an earlier run has left there. */
  public void keepIn(Path storage) {
    folder = storage.resolve(NAME);
    remove();
  }

  /** Returns the folder, which may not be there yet. */
  public Path folder() {
    return folder;
  }

  /** Removes the folder with what requests that broke off have left in it; once and for all. */
  public void close() {
    if (!closed) {
      closed = true;
      remove();
    }
  }

  private void remove() {
    try {
      if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
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
