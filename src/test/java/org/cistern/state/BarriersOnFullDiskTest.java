package org.cistern.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cistern.purge.Samples.answer;
import static org.cistern.purge.Samples.hard;
import static org.cistern.purge.Samples.uri;

import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import org.cistern.answer.Position;
import org.cistern.purge.BarrierStore.Kept;
import org.cistern.purge.Coverage;
import org.cistern.purge.NotKept;
import org.cistern.purge.PurgeLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BarriersOnFullDiskTest {

  @TempDir Path folder;

  @Test
  void aFullDiskLeavesPurgesInForceAndTheyAreWrittenOnceThereIsRoom() {
    try (StateDb db = StateDb.open(folder)) {
      PurgeLog log = log(db);
      Position start = log.head();
      join(db.write(connection -> limit(connection.createStatement(), 1)));
      String last = fillUntilRefused(log);
      assertThat(log.covers(answer(last, start))).isEqualTo(Coverage.HARD);
      int unwritten = log.contents().unwritten();
      assertThat(unwritten).isPositive();

      join(db.write(connection -> limit(connection.createStatement(), 100_000)));
      join(log.retry());
      assertThat(log.contents().unwritten()).isZero();
      Kept kept = new SqliteBarriers(db).load();
      assertThat(kept.barriers()).hasSize(log.contents().targets());
    }
  }

  /** SQLite says that the disk is full where a file would pass this number of pages. */
  private static int limit(Statement statement, int pages) throws SQLException {
    try (statement) {
      statement.execute("PRAGMA max_page_count = " + pages);
      return pages;
    }
  }

  private static String fillUntilRefused(PurgeLog log) {
    for (int i = 0; i < 10_000; i++) {
      String path = "/" + "long".repeat(100) + i;
      try {
        join(log.append(hard(uri(path))));
      } catch (RuntimeException failure) {
        assertThat(failure.getCause())
            .isInstanceOfSatisfying(
                NotKept.class, full -> assertThat(full.why()).isEqualTo(NotKept.Why.DISK_FULL));
        return path;
      }
    }
    throw new AssertionError("the disk never became full");
  }

  private static PurgeLog log(StateDb db) {
    return PurgeLog.open(new SqliteBarriers(db), InstantSource.system(), 10_000);
  }

  private static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
