package org.cistern.tier.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.cistern.answer.Answer;
import org.cistern.answer.BodyCompression;
import org.cistern.http.Headers;
import org.cistern.purge.MemoryBarriers;
import org.cistern.purge.Purge;
import org.cistern.purge.PurgeLog;
import org.cistern.rule.Key;
import org.cistern.tier.FakeClock;
import org.cistern.tier.Found;
import org.cistern.tier.RuleBounds;
import org.cistern.tier.Samples;
import org.cistern.tier.Tier.Stored;
import org.cistern.tier.TierEvents;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that hangs, reads that fail, work that breaks, and purges that make rows void. */
class TroubledDiskTest {

  private static final String LARGE = "large ".repeat(300_000);

  private final FakeClock clock = new FakeClock();
  private final PurgeLog purges = PurgeLog.open(new MemoryBarriers(), clock, 1000);
  private final CountDownLatch released = new CountDownLatch(1);
  private final List<DiskTier> opened = new ArrayList<>();
  @TempDir Path folder;

  /** Hangs where it unpacks what says so, and breaks where it packs what says so. */
  private final BodyCompression moody =
      new BodyCompression() {
        @Override
        public byte @Nullable [] pack(byte[] body) {
          String text = new String(body, StandardCharsets.UTF_8);
          if (text.equals("breaks")) {
            throw new OutOfMemoryError("as a body too large for the heap would");
          }
          return text.equals("hangs") ? Arrays.copyOf(body, 1) : null;
        }

        @Override
        public byte[] unpack(byte[] from, int offset, int length, int size) {
          try {
            released.await();
          } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
          }
          return "hangs".getBytes(StandardCharsets.UTF_8);
        }
      };

  @AfterEach
  void close() {
    released.countDown();
    opened.forEach(DiskTier::close);
  }

  @Test
  void aLookUpThatHangsIsATimeOutAndOnceAllReadersHangNobodyWaits() {
    DiskTier tier = open();
    store(tier, 1, "hangs");
    store(tier, 2, "well");
    CompletableFuture<Found> first = find(tier, 1);
    CompletableFuture<Found> second = find(tier, 1);
    CompletableFuture<Found> behind = find(tier, 2);
    await()
        .until(
            () -> {
              tier.tick();
              return first.isDone() && second.isDone() && behind.isDone();
            });
    assertThat(List.of(first.join(), second.join(), behind.join()))
        .extracting(Found::miss)
        .containsOnly(Found.Miss.TIMEOUT);
    assertThat(find(tier, 2)).isCompletedWithValue(Found.miss(Found.Miss.TIMEOUT));
    released.countDown();
    await().until(() -> find(tier, 2).join().answer() != null);
  }

  @Test
  void anErrorInOneWriteTakesNeitherTheOthersNorTheWriterWithIt() {
    DiskTier tier = open();
    List<CompletableFuture<Stored>> all = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      String body = i == 50 ? "breaks" : "body";
      all.add(tier.store(Samples.key(i), answer("/" + i, body), 8).toCompletableFuture());
    }
    assertThat(all.stream().map(CompletableFuture::join))
        .containsOnlyOnce(Stored.FAILED)
        .contains(Stored.DONE);
    assertThat(store(tier, 200, "body")).isEqualTo(Stored.DONE);
    assertThat(tier.contents().entries()).isEqualTo(100);
  }

  @Test
  void aRowStaysWhoseFileCannotBeReadJustNow() throws IOException {
    DiskTier tier = open();
    store(tier, 1, LARGE);
    Path body = body();
    Path away = folder.resolve("away");
    Files.move(body, away);
    Files.createDirectory(body);
    assertThat(find(tier, 1).join().miss()).isEqualTo(Found.Miss.DOWN);
    Files.delete(body);
    Files.move(away, body);
    store(tier, 2, "after what the look-up may have queued");
    assertThat(find(tier, 1).join().answer()).isNotNull();
  }

  @Test
  void whatReplacesARowIsNeverTakenForIt() throws IOException {
    DiskTier tier = open();
    List<Long> places = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      store(tier, 1, "v" + i);
      places.add(place());
    }
    tier.remove(Samples.key(1)).toCompletableFuture().join();
    clock.advance(Duration.ofMillis(10));
    store(tier, 1, "again");
    places.add(place());
    assertThat(places).doesNotHaveDuplicates().isSorted();
  }

  @Test
  void whatHardPurgesCoverIsDeletedAndNothingElse() {
    DiskTier tier = open();
    for (int i = 0; i < 1000; i++) {
      tier.store(Samples.key(i), answer("/p/" + i, "body"), 8);
    }
    Purge.Scope even = new Purge.Scope.Pattern("*", "/p/*0");
    purges.append(new Purge(even, true));
    purges.append(new Purge(new Purge.Scope.Pattern("*", "/p/*1"), false));
    store(tier, "after", answer("/p/0", "of after the purge"));
    assertThat(tier.reclaim(purges).toCompletableFuture().join()).isEqualTo(Stored.DONE);
    assertThat(tier.contents().entries()).isEqualTo(901);
    assertThat(find(tier, 10).join().answer()).isNull();
    assertThat(find(tier, 11).join().answer()).isNotNull();
    assertThat(find(tier, "after").join().answer()).isNotNull();
  }

  @Test
  void aPurgeByTagReachesRowsToo() {
    DiskTier tier = open();
    store(tier, 1, "body");
    purges.append(new Purge(new Purge.Scope.Tag("tag"), true));
    tier.reclaim(purges).toCompletableFuture().join();
    assertThat(tier.contents().entries()).isZero();
  }

  private DiskTier open() {
    DiskSettings settings =
        new DiskSettings(folder, 64 << 20, Duration.ofHours(9), 2, 100, 8192, 32 << 20);
    DiskTier tier =
        DiskTier.open(
            settings, purges.head().epoch(), moody, clock, RuleBounds.NONE, TierEvents.NONE);
    opened.add(tier);
    return tier;
  }

  private long place() {
    try (Sql tool = Sql.reading(folder.resolve("entries.db"))) {
      return tool.number("SELECT seq FROM entry");
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private Path body() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("bodies"))) {
      return files.findFirst().orElseThrow();
    }
  }

  private Stored store(DiskTier tier, Object name, String body) {
    return store(tier, name, answer("/a", body));
  }

  private static Stored store(DiskTier tier, Object name, Answer answer) {
    return tier.store(Samples.key(name), answer, 8).toCompletableFuture().join();
  }

  private static CompletableFuture<Found> find(DiskTier tier, Object name) {
    CompletableFuture<Found> found = new CompletableFuture<>();
    Key key = Samples.key(name);
    tier.find(key, Headers.empty(), found::complete);
    return found;
  }

  private Answer answer(String path, String body) {
    return Samples.at(clock.instant(), body).at(path, purges.head()).answer();
  }
}
