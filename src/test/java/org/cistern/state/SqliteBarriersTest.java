package org.cistern.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cistern.purge.Samples.NOON;
import static org.cistern.purge.Samples.answer;
import static org.cistern.purge.Samples.everything;
import static org.cistern.purge.Samples.hard;
import static org.cistern.purge.Samples.soft;
import static org.cistern.purge.Samples.uri;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.cistern.answer.Answer;
import org.cistern.answer.Position;
import org.cistern.http.uri.Target;
import org.cistern.purge.Barrier;
import org.cistern.purge.Coverage;
import org.cistern.purge.NotKept;
import org.cistern.purge.Purge;
import org.cistern.purge.Purge.Scope;
import org.cistern.purge.PurgeLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteBarriersTest {

  @TempDir Path folder;

  @Test
  void aRestartKeepsEpochAndBarriers() {
    Position start;
    try (StateDb db = StateDb.open(folder)) {
      PurgeLog log = log(db);
      start = log.head();
      join(log.append(hard(uri("/models?page=1"))));
      join(log.append(soft(new Scope.Tag("news"))));
    }
    try (StateDb db = StateDb.open(folder)) {
      PurgeLog log = log(db);
      assertThat(log.head().epoch()).isEqualTo(start.epoch());
      assertThat(log.covers(answer("/models?page=1", start))).isEqualTo(Coverage.HARD);
      assertThat(log.covers(answer("/models", start))).isEqualTo(Coverage.SOFT);
      assertThat(log.covers(answer("/models", log.head()))).isEqualTo(Coverage.NONE);
    }
  }

  @Test
  void aPurgeAfterARestartReachesAnswersFetchedBehindAPurgeThatACrashHasLost() {
    PurgeLog crashed = logThatCannotWrite();
    crashed.append(hard(everything()));
    crashed.append(hard(everything()));
    Answer onDisk = answer("/models", crashed.head());
    for (int restart = 0; restart < 2; restart++) {
      PurgeLog log = logThatCannotWrite();
      assertThat(log.covers(onDisk)).isEqualTo(Coverage.NONE);
      log.append(hard(uri("/models")));
      assertThat(log.covers(onDisk)).isEqualTo(Coverage.HARD);
      onDisk = answer("/models", log.head());
    }
  }

  /** What it is told is in force and never written, as a crash would leave it. */
  private PurgeLog logThatCannotWrite() {
    try (StateDb db = StateDb.open(folder)) {
      return log(db);
    }
  }

  @Test
  void theLongestLifeOutlivesARestart() {
    try (StateDb db = StateDb.open(folder)) {
      log(db).stored(Duration.ofHours(3));
      assertThat(log(db).longest()).isGreaterThan(Duration.ofHours(3));
    }
    try (StateDb db = StateDb.open(folder)) {
      assertThat(log(db).longest()).isBetween(Duration.ofHours(3), Duration.ofHours(7));
    }
  }

  @Test
  void everyScopeComesBackAsItWas() {
    List<Scope> scopes =
        List.of(
            uri("/a"),
            uri("/a?"),
            uri("/a?b=/c?d"),
            new Scope.Uri(new Target("http", "[::1]:8080", "/%2F/ü", "q=%3F")),
            new Scope.Pattern("*", "**"),
            new Scope.Pattern("h:1", "/a b/*"),
            new Scope.Tag("tag 'x'"),
            new Scope.ByRule("models"),
            new Scope.User("4f6a"),
            everything());
    List<Barrier> barriers = new ArrayList<>();
    for (Scope scope : scopes) {
      barriers.add(new Barrier(barriers.size() + 1, hard(scope), NOON));
      barriers.add(new Barrier(barriers.size() + 1, soft(scope), NOON));
    }
    try (StateDb db = StateDb.open(folder)) {
      SqliteBarriers store = new SqliteBarriers(db);
      store.load();
      join(store.append(barriers));
      assertThat(store.load().barriers()).containsExactlyInAnyOrderElementsOf(barriers);
    }
  }

  @Test
  void barriersOfOneTargetFoldIntoTheNewestInWhateverOrderTheyCome() {
    Purge purge = hard(uri("/a"));
    Barrier older = new Barrier(4, purge, NOON);
    Barrier newer = new Barrier(5, purge, NOON.plusSeconds(1));
    try (StateDb db = StateDb.open(folder)) {
      SqliteBarriers store = new SqliteBarriers(db);
      join(store.append(List.of(newer)));
      join(store.append(List.of(older)));
      assertThat(store.load().barriers()).containsExactly(newer);
      join(store.forget(List.of(older)));
      assertThat(store.load().barriers()).containsExactly(newer);
      join(store.forget(List.of(newer)));
      assertThat(store.load().barriers()).isEmpty();
    }
  }

  @Test
  void manyThreadsMayAppendAtOnceAndEachIsKept() {
    try (StateDb db = StateDb.open(folder)) {
      PurgeLog log = log(db);
      List<CompletableFuture<?>> all = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        String path = "/" + i + "/";
        all.add(CompletableFuture.runAsync(() -> appendAndJoin(log, path)));
      }
      CompletableFuture.allOf(all.toArray(new CompletableFuture<?>[0])).join();
      assertThat(new SqliteBarriers(db).load().barriers()).hasSize(8 * 200);
    }
  }

  private static void appendAndJoin(PurgeLog log, String path) {
    List<CompletableFuture<?>> own = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      own.add(log.append(hard(uri(path + i))).toCompletableFuture());
    }
    CompletableFuture.allOf(own.toArray(new CompletableFuture<?>[0])).join();
  }

  @Test
  void whatIsTrimmedIsGoneFromTheFileToo() {
    try (StateDb db = StateDb.open(folder)) {
      PurgeLog log = PurgeLog.open(new SqliteBarriers(db), InstantSource.fixed(NOON), 1_000);
      join(log.append(hard(uri("/a"))));
      join(log.trim(NOON.plusSeconds(60), Duration.ofSeconds(60), Long.MAX_VALUE));
      assertThat(new SqliteBarriers(db).load().barriers()).isEmpty();
    }
  }

  @Test
  void aClosedFileRefusesWithThatReason() {
    PurgeLog log = logThatCannotWrite();
    assertThatThrownBy(() -> join(log.append(hard(uri("/a")))))
        .cause()
        .isInstanceOf(NotKept.class)
        .extracting(failure -> ((NotKept) failure).why())
        .isEqualTo(NotKept.Why.CLOSED);
  }

  private static PurgeLog log(StateDb db) {
    return PurgeLog.open(new SqliteBarriers(db), InstantSource.system(), 10_000);
  }

  private static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
