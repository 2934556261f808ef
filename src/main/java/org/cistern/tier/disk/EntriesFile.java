package org.cistern.tier.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cistern.tier.OwnerOnly;
import org.jspecify.annotations.Nullable;

/**
 * {@code entries.db} and what SQLite keeps beside it, as files: opened, emptied, set aside. For the
 * writer's thread, while nobody reads.
 */
final class EntriesFile {

  private static final String NAME = "entries.db";
  private static final String ASIDE = NAME + ".damaged-";
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  private final DiskSettings settings;
  private final long epoch;
  private final BodyFiles bodies;
  private @Nullable Object opened;
  private boolean removed;

  EntriesFile(DiskSettings settings, long epoch) {
    this.settings = settings;
    this.epoch = epoch;
    this.bodies = new BodyFiles(settings.folder().resolve("bodies"));
  }

  Path path() {
    return settings.folder().resolve(NAME);
  }

  BodyFiles bodies() {
    return bodies;
  }

  /**
   * Opens it ready for use. What another version or epoch wrote is dropped.
   *
   * @return the connection, and how many entries were dropped
   * @throws SQLException also where it is damaged; it is closed then
   */
  Opened open() throws SQLException, IOException {
    OwnerOnly.folder(settings.folder());
    create();
    Sql sql = Sql.writing(path());
    try {
      opened = key();
      return usable(sql) ? new Opened(sql, 0) : afresh(sql);
    } catch (SQLException | IOException e) {
      sql.abandon();
      throw e;
    }
  }

  /** SQLite makes what it keeps beside it of the same mode. */
  private void create() throws IOException {
    if (removed) {
      Files.createFile(path(), OwnerOnly.fileMode(path()));
    } else {
      OwnerOnly.file(path());
    }
    removed = false;
  }

  /** Somebody removed it while it was open; it is closed now. */
  void wasRemoved() {
    removed = true;
  }

  /** Tells whether another process has made one where this one was removed. */
  boolean isAnothers() {
    return removed && Files.exists(path());
  }

  /** Tells whether its name still stands for the file that was opened. */
  boolean isInPlace() {
    try {
      return Objects.equals(opened, key());
    } catch (NoSuchFileException gone) {
      return false;
    } catch (IOException unknown) {
      return true;
    }
  }

  private @Nullable Object key() throws IOException {
    return Files.readAttributes(path(), BasicFileAttributes.class).fileKey();
  }

  /** Removes it with all that belongs to it; it must be closed. */
  void delete() throws IOException {
    for (String part : List.of("", "-wal", "-shm", "-journal")) {
      Files.deleteIfExists(settings.folder().resolve(NAME + part));
    }
    bodies.keepOnly(Set.of());
  }

  /** Puts it out of the way, for who wants to look into it; one is kept. It must be closed. */
  String setAside(Instant now) throws IOException {
    for (Path old : aside()) {
      Files.deleteIfExists(old);
    }
    String name = ASIDE + STAMP.format(now);
    for (String part : List.of("", "-wal")) {
      Path from = settings.folder().resolve(NAME + part);
      if (Files.exists(from)) {
        Path to = settings.folder().resolve(name + part);
        Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
      }
    }
    delete();
    return name;
  }

  private boolean usable(Sql sql) throws SQLException, IOException {
    Schema.prepare(sql, epoch, settings.logBytes());
    if (!Schema.suits(sql, epoch)) {
      return false;
    }
    removeOrphans(sql);
    return true;
  }

  private Opened afresh(Sql old) throws SQLException, IOException {
    long dropped = entries(old);
    old.abandon();
    delete();
    return new Opened(open().sql, dropped);
  }

  private List<Path> aside() throws IOException {
    try (Stream<Path> files = Files.list(settings.folder())) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(ASIDE))
          .collect(Collectors.toList());
    }
  }

  private void removeOrphans(Sql sql) throws SQLException, IOException {
    Set<String> named = new HashSet<>();
    for (@Nullable String name :
        sql.list("SELECT file FROM entry WHERE file IS NOT NULL", row -> row.getString(1))) {
      if (name != null) {
        named.add(name);
      }
    }
    bodies.keepOnly(named);
  }

  /** Counts what is there, as far as tables of another version let it. */
  private static long entries(Sql sql) {
    try {
      return sql.number("SELECT count(*) FROM entry");
    } catch (SQLException unknownTables) {
      return 0;
    }
  }

  /**
   * An open file.
   *
   * @param sql the writer's connection
   * @param dropped how many entries could not be taken over
   */
  record Opened(Sql sql, long dropped) {}
}
