package org.cistern.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateDbTest {

  private static final String ONE = "CREATE TABLE one (n INTEGER PRIMARY KEY);";
  private static final String TWO = "CREATE TABLE two (n INTEGER);\nINSERT INTO two VALUES (2);";

  @TempDir Path folder;

  @Test
  void aMigrationKeepsTheDataAndLeavesACopyOfBefore() throws IOException {
    try (StateDb db = StateDb.open(folder, new Schema(List.of(ONE)))) {
      insert(db, 7);
    }
    Schema newer = new Schema(List.of(ONE, TWO));
    try (StateDb db = StateDb.open(folder, newer)) {
      assertThat(number(db, "SELECT n FROM one")).isEqualTo(7);
      assertThat(number(db, "SELECT n FROM two")).isEqualTo(2);
      assertThat(version(db)).isEqualTo(2);
      insert(db, 8);
    }
    Path old = Files.createDirectory(folder.resolve("old"));
    Files.copy(folder.resolve("state.db.before-v2"), old.resolve("state.db"));
    try (StateDb db = StateDb.open(old, new Schema(List.of(ONE)))) {
      assertThat(number(db, "SELECT sum(n) FROM one")).isEqualTo(7);
    }
  }

  @Test
  void aMigrationThatFailsChangesNothing() {
    StateDb.open(folder, new Schema(List.of(ONE))).close();
    Schema broken = new Schema(List.of(ONE, TWO + "INSERT INTO nowhere VALUES (1);"));
    assertThatThrownBy(() -> StateDb.open(folder, broken))
        .isInstanceOf(StateFailure.class)
        .hasMessageContaining("nowhere");
    try (StateDb db = StateDb.open(folder, new Schema(List.of(ONE)))) {
      assertThat(version(db)).isEqualTo(1);
      assertThat(number(db, "SELECT count(*) FROM sqlite_schema")).isEqualTo(1);
    }
  }

  @Test
  void aFileOfANewerVersionRefusesToStartWithASentence() {
    StateDb.open(folder, new Schema(List.of(ONE, TWO))).close();
    assertThatThrownBy(() -> StateDb.open(folder, new Schema(List.of(ONE))))
        .hasMessageContaining("state.db has version 2, this Cistern knows versions up to 1: start")
        .extracting(failure -> ((StateFailure) failure).why())
        .isEqualTo(StateFailure.Why.NEWER_VERSION);
    assertThat(folder.resolve("state.db.damaged-1")).doesNotExist();
  }

  @Test
  void aFolderThatCannotBeMadeIsNamed() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    assertThatThrownBy(() -> StateDb.open(file.resolve("cache")))
        .hasMessageContaining(file.resolve("cache").toString())
        .extracting(failure -> ((StateFailure) failure).why())
        .isEqualTo(StateFailure.Why.UNWRITABLE);
  }

  @Test
  void aFolderBehindALinkIsAsGoodAsAnyOther() throws IOException {
    Path link =
        Files.createSymbolicLink(
            folder.resolve("link"), Files.createDirectory(folder.resolve("real")));
    StateDb.open(link).close();
    assertThat(folder.resolve("real").resolve("state.db")).exists();
  }

  @Test
  void aWriteThatFailsDoesNotSpoilThoseQueuedBesideIt() {
    List<CompletableFuture<Integer>> writes = new ArrayList<>();
    try (StateDb db = StateDb.open(folder, new Schema(List.of(ONE)))) {
      for (int i = 0; i < 100; i++) {
        int number = i / 2;
        writes.add(db.write(c -> insert(c.createStatement(), number)).toCompletableFuture());
      }
    }
    assertThat(writes).filteredOn(CompletableFuture::isCompletedExceptionally).hasSize(50);
    try (StateDb db = StateDb.open(folder, new Schema(List.of(ONE)))) {
      assertThat(number(db, "SELECT count(*) FROM one")).isEqualTo(50);
    }
  }

  @Test
  void aWorkThatRunsOutOfMemoryLeavesTheNextItsWriter() {
    try (StateDb db = StateDb.open(folder, new Schema(List.of(ONE)))) {
      CompletableFuture<Integer> greedy =
          db.<Integer>write(
                  c -> {
                    throw new OutOfMemoryError("of the test");
                  })
              .toCompletableFuture();
      CompletableFuture<Integer> next =
          db.write(c -> insert(c.createStatement(), 1)).toCompletableFuture();
      assertThat(next).succeedsWithin(Duration.ofMinutes(1));
      assertThat(greedy).isCompletedExceptionally();
    }
  }

  @Test
  void closingWritesWhatIsQueuedAndRefusesWhatComesLater() {
    List<CompletableFuture<Integer>> writes = new ArrayList<>();
    StateDb db = StateDb.open(folder, new Schema(List.of(ONE)));
    for (int i = 0; i < 1_000; i++) {
      int number = i;
      writes.add(db.write(c -> insert(c.createStatement(), number)).toCompletableFuture());
    }
    db.close();
    db.close();
    assertThat(writes).allMatch(CompletableFuture::isDone);
    assertThatThrownBy(() -> insert(db, 1_000))
        .isInstanceOf(CompletionException.class)
        .hasMessageContaining("state.db is closed");
    try (StateDb again = StateDb.open(folder, new Schema(List.of(ONE)))) {
      assertThat(number(again, "SELECT count(*) FROM one")).isEqualTo(1_000);
    }
  }

  @Test
  void aReaderCannotWrite() {
    try (StateDb db = StateDb.open(folder, new Schema(List.of(ONE)))) {
      assertThatThrownBy(() -> db.read(c -> insert(c.createStatement(), 1)))
          .isInstanceOf(StateFailure.class);
    }
  }

  @Test
  void everyCommitIsSyncedToTheDisk() {
    try (StateDb db = StateDb.open(folder)) {
      int full = 2;
      int level =
          db.write(c -> c.createStatement().executeQuery("PRAGMA synchronous").getInt(1))
              .toCompletableFuture()
              .join();
      assertThat(level).isEqualTo(full);
    }
  }

  private static void insert(StateDb db, int number) {
    db.write(c -> insert(c.createStatement(), number)).toCompletableFuture().join();
  }

  private static int insert(Statement statement, int number) throws SQLException {
    try (statement) {
      return statement.executeUpdate("INSERT INTO one VALUES (" + number + ")");
    }
  }

  private static int version(StateDb db) {
    return number(db, "PRAGMA user_version");
  }

  private static int number(StateDb db, String sql) {
    return db.read(
        connection -> {
          try (var statement = connection.createStatement();
              ResultSet row = statement.executeQuery(sql)) {
            return row.getInt(1);
          }
        });
  }
}
