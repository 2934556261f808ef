package org.cistern.camel.engine.log;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a log goes. A file that was moved away or deleted, as rotation does, is made anew under its
 * name. One thread uses it.
 */
final class LogTarget {

  private final @Nullable Path file;
  private @Nullable OutputStream out;
  private @Nullable Object key;
  private String problem = "too many at once";

  private LogTarget(@Nullable Path file, @Nullable OutputStream out) {
    this.file = file;
    this.out = out;
  }

  static LogTarget of(Path file) {
    return new LogTarget(file, null);
  }

  static LogTarget of(OutputStream out) {
    return new LogTarget(null, out);
  }

  /** Writes, and tells whether that went well. */
  boolean write(byte[] bytes) {
    try {
      OutputStream target = current();
      target.write(bytes);
      target.flush();
      return true;
    } catch (IOException e) {
      problem = e.toString();
      close();
      return false;
    }
  }

  /** Returns what went wrong last. */
  String problem() {
    return problem;
  }

  private OutputStream current() throws IOException {
    OutputStream open = out;
    if (file != null && (open == null || !Objects.equals(key, keyOf(file)))) {
      close();
      open = open(file);
    }
    return Objects.requireNonNull(open);
  }

  private OutputStream open(Path path) throws IOException {
    Path folder = path.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    OutputStream opened =
        Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    out = opened;
    key = keyOf(path);
    return opened;
  }

  /** What tells a file from another one of the same name; null where there is none. */
  private static @Nullable Object keyOf(Path path) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      Object own = attributes.fileKey();
      return own == null ? attributes.creationTime() : own;
    } catch (IOException gone) {
      return null;
    }
  }

  void close() {
    if (file != null && out != null) {
      try {
        out.close();
      } catch (IOException e) {
        problem = e.toString();
      }
      out = null;
    }
  }
}
