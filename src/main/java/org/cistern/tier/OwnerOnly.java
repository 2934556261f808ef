package org.cistern.tier;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Makes folders and files that their owner alone may use, for they hold what users were answered;
 * where the file system knows no owners (POSIX), ordinary ones.
 */
public final class OwnerOnly {

  private OwnerOnly() {}

  /** Makes a folder, and those above it; one that is there is left as it is. */
  public static void folder(Path folder) throws IOException {
    // Asked first, because JDK 17 refuses a link to a folder.
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder, mode(folder, "rwx------"));
    }
  }

  /** Makes an empty file; one that is there is left as it is. */
  public static void file(Path file) throws IOException {
    try {
      Files.createFile(file, fileMode(file));
    } catch (FileAlreadyExistsException there) {
      return;
    }
  }

  /** Returns what a file is to be made with. */
  public static FileAttribute<?>[] fileMode(Path file) {
    return mode(file, "rw-------");
  }

  private static FileAttribute<?>[] mode(Path path, String permissions) {
    boolean owned = path.getFileSystem().supportedFileAttributeViews().contains("posix");
    return owned
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
