package org.cistern.state;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.cistern.purge.Barrier;
import org.cistern.purge.BarrierStore;
import org.cistern.purge.NotKept;
import org.cistern.purge.Purge;
import org.jspecify.annotations.Nullable;

/** The tables {@code purge_log} and {@code purge_barrier} of {@code state.db}. */
public final class SqliteBarriers implements BarrierStore {

  /**
   * How far each start moves the log's head. A crash may lose the newest barriers, but answers on
   * disk carry their numbers: what comes next must be above any of them, and no run loses so many.
   */
  static final long LEAP = 1L << 32;

  private static final String UPSERT =
      "INSERT INTO purge_barrier (kind, what, hard, number, at) VALUES (?, ?, ?, ?, ?)"
          + " ON CONFLICT DO UPDATE SET number = excluded.number, at = excluded.at"
          + " WHERE excluded.number > number";
  private static final String DELETE =
      "DELETE FROM purge_barrier WHERE kind = ? AND what = ? AND hard = ? AND number = ?";
  private static final String HEAD =
      "INSERT INTO purge_log (id, epoch, head, longest) VALUES (1, ?, 0, 0)"
          + " ON CONFLICT DO UPDATE SET head = head + ? RETURNING epoch, head, longest";

  private final StateDb db;

  /** Makes the tables' class on an open file, which stays the caller's to close. */
  public SqliteBarriers(StateDb db) {
    this.db = db;
  }

  @Override
  public Kept load() {
    try {
      return kept(db.write(SqliteBarriers::load)).toCompletableFuture().join();
    } catch (CompletionException failure) {
      throw failure.getCause() instanceof NotKept known ? known : failure;
    }
  }

  private static Kept load(Connection connection) throws SQLException {
    List<Barrier> barriers = barriers(connection);
    try (PreparedStatement statement = connection.prepareStatement(HEAD)) {
      statement.setLong(1, new SecureRandom().nextLong());
      statement.setLong(2, LEAP);
      try (ResultSet row = statement.executeQuery()) {
        return new Kept(
            row.getLong("epoch"),
            row.getLong("head"),
            Duration.ofMillis(row.getLong("longest")),
            barriers);
      }
    }
  }

  private static List<Barrier> barriers(Connection connection) throws SQLException {
    List<Barrier> barriers = new ArrayList<>();
    try (PreparedStatement statement =
            connection.prepareStatement("SELECT kind, what, hard, number, at FROM purge_barrier");
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        barriers.add(barrier(row));
      }
    }
    return barriers;
  }

  private static Barrier barrier(ResultSet row) throws SQLException {
    Purge.Scope scope = new ScopeText(row.getString("kind"), row.getString("what")).scope();
    return new Barrier(
        row.getLong("number"),
        new Purge(scope, row.getBoolean("hard")),
        Instant.ofEpochMilli(row.getLong("at")));
  }

  @Override
  public CompletionStage<Void> append(List<Barrier> barriers) {
    return done(connection -> append(connection, barriers));
  }

  private static int append(Connection connection, List<Barrier> barriers) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(UPSERT)) {
      for (Barrier barrier : barriers) {
        identify(statement, barrier);
        statement.setLong(5, barrier.at().toEpochMilli());
        statement.executeUpdate();
      }
    }
    return barriers.size();
  }

  @Override
  public CompletionStage<Void> longest(Duration life) {
    return done(connection -> longest(connection, life.toMillis()));
  }

  private static int longest(Connection connection, long millis) throws SQLException {
    String raise = "UPDATE purge_log SET longest = max(longest, ?)";
    try (PreparedStatement statement = connection.prepareStatement(raise)) {
      statement.setLong(1, millis);
      return statement.executeUpdate();
    }
  }

  @Override
  public CompletionStage<Void> forget(List<Barrier> barriers) {
    return barriers.isEmpty()
        ? CompletableFuture.completedFuture(null)
        : done(connection -> forget(connection, barriers));
  }

  private static int forget(Connection connection, List<Barrier> barriers) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(DELETE)) {
      for (Barrier barrier : barriers) {
        identify(statement, barrier);
        statement.executeUpdate();
      }
    }
    return barriers.size();
  }

  private static void identify(PreparedStatement statement, Barrier barrier) throws SQLException {
    ScopeText text = ScopeText.of(barrier.purge().scope());
    statement.setString(1, text.kind());
    statement.setString(2, text.what());
    statement.setBoolean(3, barrier.purge().hard());
    statement.setLong(4, barrier.number());
  }

  private CompletionStage<Void> done(Work<Integer> work) {
    return kept(db.write(work)).thenAccept(count -> {});
  }

  private static <T> CompletionStage<T> kept(CompletionStage<T> stage) {
    return stage.exceptionally(
        failure -> {
          throw notKept(failure instanceof CompletionException ? failure.getCause() : failure);
        });
  }

  private static NotKept notKept(@Nullable Throwable failure) {
    NotKept.Why why =
        failure instanceof StateFailure known ? reason(known.why()) : NotKept.Why.FAILED;
    return new NotKept(why, failure == null ? why.label() : String.valueOf(failure.getMessage()));
  }

  private static NotKept.Why reason(StateFailure.Why why) {
    return switch (why) {
      case FULL -> NotKept.Why.DISK_FULL;
      case BUSY -> NotKept.Why.BUSY;
      case CLOSED -> NotKept.Why.CLOSED;
      case NEWER_VERSION, UNWRITABLE, DAMAGED, FAILED -> NotKept.Why.FAILED;
    };
  }
}
