package org.cistern.state;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import org.cistern.tier.OwnerOnly;

/**
 * The versions of {@code state.db}: numbered scripts, of which the n-th makes version n out of
 * version n - 1. A script that has been released is never changed; what a table needs next is the
 * next script.
 */
final class Schema {

  private static final List<String> SCRIPTS =
      List.of("V001__purge_log.sql", "V002__longest_life.sql");

  private final List<String> scripts;

  /** Makes a schema of the texts of its scripts, the first for version 1. */
  Schema(List<String> scripts) {
    this.scripts = List.copyOf(scripts);
  }

  static Schema current() {
    return new Schema(SCRIPTS.stream().map(Schema::script).toList());
  }

  private static String script(String name) {
    try (InputStream text = Schema.class.getResourceAsStream("/state/" + name)) {
      return new String(Objects.requireNonNull(text, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new StateFailure(StateFailure.Why.FAILED, "cannot read the script " + name, failure);
    }
  }

  /** Brings the file to the newest version; a copy of what was there is left beside it. */
  void migrate(Connection connection, Path file) throws SQLException, IOException {
    int version = version(connection);
    if (version > scripts.size()) {
      throw newer(file, version);
    }
    if (version > 0 && version < scripts.size()) {
      copy(connection, file.resolveSibling(file.getFileName() + ".before-v" + scripts.size()));
    }
    for (int next = version + 1; next <= scripts.size(); next++) {
      run(connection, next);
    }
  }

  private static int version(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA user_version")) {
      return row.getInt(1);
    }
  }

  private StateFailure newer(Path file, int version) {
    return new StateFailure(
        StateFailure.Why.NEWER_VERSION,
        file
            + " has version "
            + version
            + ", this Cistern knows versions up to "
            + scripts.size()
            + ": start the newer Cistern that wrote it, or move the file away and lose what it"
            + " keeps (purges, rules made over the API, history)");
  }

  private static void copy(Connection connection, Path copy) throws SQLException, IOException {
    Files.deleteIfExists(copy);
    OwnerOnly.file(copy);
    try (var statement = connection.prepareStatement("VACUUM INTO ?")) {
      statement.setString(1, copy.toString());
      statement.execute();
    }
  }

  /** Runs one script and notes its version in the same transaction. */
  private void run(Connection connection, int version) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(scripts.get(version - 1));
      statement.executeUpdate("PRAGMA user_version = " + version);
      connection.commit();
    } catch (SQLException failure) {
      connection.rollback();
      throw failure;
    } finally {
      connection.setAutoCommit(true);
    }
  }
}
