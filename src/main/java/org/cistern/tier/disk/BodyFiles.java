package org.cistern.tier.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cistern.tier.OwnerOnly;
import org.jspecify.annotations.Nullable;

/**
 * Values too large for a row, a file each. A file is complete and on the disk before a row names
 * it, and goes after the row; what no row names is removed at the next start.
 */
final class BodyFiles {

  private static final String UNFINISHED = ".part";
  private static final Set<StandardOpenOption> NEW =
      EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

  private final Path folder;

  BodyFiles(Path folder) {
    this.folder = folder;
  }

  void write(String name, byte[] value) throws IOException {
    OwnerOnly.folder(folder);
    Path unfinished = folder.resolve(name + UNFINISHED);
    try {
      writeThrough(unfinished, value);
      Files.move(unfinished, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      delete(unfinished);
    }
  }

  /** Returns the value, or null where the file is gone. */
  byte @Nullable [] read(String name) throws IOException {
    try {
      return Files.readAllBytes(folder.resolve(name));
    } catch (NoSuchFileException gone) {
      return null;
    }
  }

  void delete(String name) {
    delete(folder.resolve(name));
  }

  /** Removes every file but those named; returns the bytes of those that stay. */
  long keepOnly(Set<String> named) throws IOException {
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    long kept = 0;
    for (Path file : files()) {
      if (named.contains(file.getFileName().toString())) {
        kept += Files.size(file);
      } else {
        delete(file);
      }
    }
    return kept;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.collect(Collectors.toList());
    }
  }

  private static void writeThrough(Path file, byte[] value) throws IOException {
    try (FileChannel channel = FileChannel.open(file, NEW, OwnerOnly.fileMode(file))) {
      ByteBuffer rest = ByteBuffer.wrap(value);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException stays) {
      // It is an orphan then, and the next start tries again.
    }
  }
}
