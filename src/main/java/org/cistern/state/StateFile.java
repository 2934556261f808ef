package org.cistern.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.cistern.tier.IoWords;
import org.cistern.tier.OwnerOnly;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;

/** The file itself: opened, checked, set aside where it is damaged. */
final class StateFile {

  private static final Logger LOG = LoggerFactory.getLogger(StateFile.class);

  private final Path folder;
  private final Path file;
  private final Schema schema;

  StateFile(Path folder, Schema schema) {
    this.folder = folder.toAbsolutePath();
    this.file = this.folder.resolve("state.db");
    this.schema = schema;
  }

  /** Returns the connection that writes, on a file that is sound and of the newest version. */
  Connection writer() {
    makeFolder();
    try {
      return sound();
    } catch (StateFailure failure) {
      if (failure.why() != StateFailure.Why.DAMAGED) {
        throw failure;
      }
      setAside(failure);
      return sound();
    }
  }

  private void makeFolder() {
    try {
      OwnerOnly.folder(folder);
    } catch (IOException failure) {
      throw new StateFailure(
          StateFailure.Why.UNWRITABLE,
          "the storage folder " + folder + " cannot be used: " + IoWords.of(folder, failure),
          failure);
    }
  }

  private Connection sound() {
    Connection connection = null;
    try {
      OwnerOnly.file(file);
      connection = connect();
      check(connection);
      schema.migrate(connection, file);
      return connection;
    } catch (SQLException | IOException | StateFailure failure) {
      closeQuietly(connection);
      throw StateFailure.of(failure);
    }
  }

  /** Returns a connection that only reads. */
  Connection reader() {
    try {
      Connection connection = connect();
      try (Statement statement = connection.createStatement()) {
        statement.execute("PRAGMA query_only = true");
      }
      return connection;
    } catch (SQLException failure) {
      throw StateFailure.of(failure);
    }
  }

  private Connection connect() throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setBusyTimeout(5_000);
    config.enforceForeignKeys(true);
    return config.createConnection("jdbc:sqlite:" + file);
  }

  private static void check(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA quick_check(1)")) {
      String verdict = row.getString(1);
      if (!"ok".equals(verdict)) {
        throw new StateFailure(StateFailure.Why.DAMAGED, "state.db is damaged: " + verdict);
      }
    }
  }

  /** Renames the file and what belongs to it; the names of earlier ones are left alone. */
  private void setAside(StateFailure damage) {
    int count = 1;
    while (Files.exists(aside("", count))) {
      count++;
    }
    LOG.error(
        "{} is damaged ({}). It is kept as {} and a new one takes its place: rules made over the"
            + " API, history and purges of before are not in force, answers on disk are dropped.",
        file,
        damage.getMessage(),
        aside("", count));
    try {
      for (String part : new String[] {"-wal", "-shm", ""}) {
        move(part, count);
      }
    } catch (IOException failure) {
      throw new StateFailure(
          StateFailure.Why.UNWRITABLE,
          "state.db is damaged and cannot be set aside: " + IoWords.of(folder, failure),
          failure);
    }
  }

  private Path aside(String part, int count) {
    return file.resolveSibling("state.db.damaged-" + count + part);
  }

  private void move(String part, int count) throws IOException {
    Path from = file.resolveSibling("state.db" + part);
    if (Files.exists(from)) {
      Files.move(from, aside(part, count));
    }
  }

  static void closeQuietly(@Nullable Connection connection) {
    try {
      if (connection != null) {
        connection.close();
      }
    } catch (SQLException failure) {
      LOG.debug("closing a file that could not be used", failure);
    }
  }
}
