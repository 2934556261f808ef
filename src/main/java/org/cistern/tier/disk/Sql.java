package org.cistern.tier.disk;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

/** One connection and the statements prepared on it; for one thread at a time. */
final class Sql implements AutoCloseable {

  private static final int BUSY_MILLIS = 2000;

  private final Connection connection;
  private final Map<String, PreparedStatement> prepared = new HashMap<>();

  private Sql(Connection connection) {
    this.connection = connection;
  }

  /** Opens a file for writing, and makes it where it is missing. */
  static Sql writing(Path file) throws SQLException {
    return open(file, new SQLiteConfig());
  }

  /** Opens a file that exists, for reading only. */
  static Sql reading(Path file) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    return open(file, config);
  }

  private static Sql open(Path file, SQLiteConfig config) throws SQLException {
    config.setOpenMode(SQLiteOpenMode.NOMUTEX);
    config.setBusyTimeout(BUSY_MILLIS);
    // Or the driver asks for the last row id after each change.
    config.setGetGeneratedKeys(false);
    return new Sql(config.createConnection("jdbc:sqlite:" + file.toAbsolutePath()));
  }

  /** Runs statements without parameters, and drops what they return. */
  void script(String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        // Not execute: it takes one step, and some pragmas work a step at a time.
        statement.executeUpdate(sql);
      }
    }
  }

  /** Runs a change and returns how many rows it met. */
  int run(String sql, @Nullable Object... arguments) throws SQLException {
    return bound(sql, arguments).executeUpdate();
  }

  /** Runs a query; the caller closes the rows before the same query runs again. */
  ResultSet query(String sql, @Nullable Object... arguments) throws SQLException {
    return bound(sql, arguments).executeQuery();
  }

  /** Returns what the function makes of each row. */
  <T> List<T> list(String sql, Row<T> row, @Nullable Object... arguments) throws SQLException {
    List<T> list = new ArrayList<>();
    try (ResultSet rows = query(sql, arguments)) {
      while (rows.next()) {
        list.add(row.read(rows));
      }
    }
    return list;
  }

  /** Returns the one number that a query gives, 0 where it gives no row. */
  long number(String sql, @Nullable Object... arguments) throws SQLException {
    try (ResultSet rows = query(sql, arguments)) {
      return rows.next() ? rows.getLong(1) : 0;
    }
  }

  @Override
  public void close() throws SQLException {
    for (PreparedStatement statement : prepared.values()) {
      statement.close();
    }
    connection.close();
  }

  /** Closes what is going to be thrown away. */
  void abandon() {
    try {
      close();
    } catch (SQLException alreadyBroken) {
      // Nothing is lost: the file is given up, or will be opened again.
    }
  }

  private PreparedStatement bound(String sql, @Nullable Object... arguments) throws SQLException {
    PreparedStatement statement = prepared.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      prepared.put(sql, statement);
    }
    for (int i = 0; i < arguments.length; i++) {
      statement.setObject(i + 1, arguments[i]);
    }
    return statement;
  }

  /** Makes a value of the row that a result stands at. */
  @FunctionalInterface
  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }
}
