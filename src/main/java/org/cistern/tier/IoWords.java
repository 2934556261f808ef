package org.cistern.tier;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says in plain words why a file or folder cannot be used: the JDK often gives its path alone. */
public final class IoWords {

  /** What is said of a disk without room. */
  public static final String FULL = "the disk is full";

  /** What is said of a database that cannot be opened or written to. */
  public static final String UNWRITABLE = "it is no file that may be written";

  /** What a stream of a file says: its path, and why. */
  private static final Pattern OLD = Pattern.compile(".* \\(([^()]*)\\)");

  private IoWords() {}

  /** Returns why a folder cannot be used; blocks, for what stands there is looked at. */
  public static String of(Path folder, IOException failure) {
    String found = instead(folder);
    return found == null ? within(folder, failure) + of(failure) : found;
  }

  /** Names the file in the folder that is to blame, or nothing. */
  private static String within(Path folder, IOException failure) {
    String name = failure instanceof FileSystemException file ? file.getFile() : null;
    Path blamed = Path.of(name == null ? "" : name);
    return blamed.startsWith(folder) && !blamed.equals(folder)
        ? folder.relativize(blamed) + ": "
        : "";
  }

  /** Returns what stands in the place of a folder, or null where that is a folder or nothing. */
  public static @Nullable String instead(Path folder) {
    if (Files.isRegularFile(folder)) {
      return "it is a file";
    }
    boolean dangling = Files.isSymbolicLink(folder) && Files.notExists(folder);
    return dangling ? "it is a link to nothing" : null;
  }

  /** Returns why, without the path. */
  public static String of(IOException failure) {
    if (failure instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (failure instanceof NotDirectoryException) {
      return "it is no folder";
    }
    if (failure instanceof NoSuchFileException) {
      return "it is not there";
    }
    String reason = reason(failure);
    return uncapitalised(reason == null ? String.valueOf(failure.getMessage()) : reason);
  }

  private static @Nullable String reason(IOException failure) {
    Matcher old = OLD.matcher(String.valueOf(failure.getMessage()));
    if (failure instanceof FileNotFoundException && old.matches()) {
      return old.group(1);
    }
    return failure instanceof FileSystemException file ? file.getReason() : null;
  }

  private static String uncapitalised(String text) {
    return text.isEmpty()
        ? text
        : text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
  }
}
