package org.cistern.tier.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.cistern.answer.BodyCompression;
import org.cistern.http.Headers;
import org.cistern.routes.Log;
import org.cistern.tier.FakeClock;
import org.cistern.tier.Found;
import org.cistern.tier.RuleBounds;
import org.cistern.tier.Samples;
import org.cistern.tier.Tier.Stored;
import org.cistern.tier.TierEvents;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A storage folder that somebody removes, or exchanges, while it is in use. */
class RemovedFolderTest {

  @TempDir Path root;
  private final FakeClock clock = new FakeClock();

  @Test
  void oneThatWasRemovedIsMadeAnewAndThatIsSaid() throws IOException {
    try (Log log = new Log();
        DiskTier tier = open()) {
      store(tier, 1);
      remove();
      await().until(() -> Files.exists(file()) && tier.isOpen());

      assertThat(find(tier, 1).miss()).isEqualTo(Found.Miss.ABSENT);
      assertThat(store(tier, 2)).isEqualTo(Stored.DONE);
      assertThat(find(tier, 2).answer()).isNotNull();
      assertThat(tier.contents().entries()).isOne();
      assertThat(log.text().lines())
          .containsExactly(file() + " was removed while in use: what it held is lost");
    }
  }

  @Test
  void aWriteRightAfterwardsIsInTheNewFile() throws IOException {
    try (DiskTier tier = open()) {
      store(tier, 1);
      remove();
      assertThat(store(tier, 2)).isEqualTo(Stored.DONE);
      assertThat(file()).exists();
    }
    try (DiskTier next = open()) {
      assertThat(find(next, 2).answer()).isNotNull();
    }
  }

  @Test
  void whatStandsInItsPlaceIsLeftAlone() throws IOException {
    try (Log log = new Log();
        DiskTier tier = open()) {
      store(tier, 1);
      Path other = Files.writeString(root.resolve("other"), "another process's");
      Files.move(folder(), root.resolve("away"));
      Files.createDirectory(folder());
      Files.move(other, file());
      await().until(() -> !tier.isOpen());

      assertThat(store(tier, 2)).isEqualTo(Stored.FAILED);
      assertThat(tier.clear().toCompletableFuture().join()).isEqualTo(Stored.FAILED);
      assertThat(find(tier, 1).miss()).isEqualTo(Found.Miss.DOWN);
      assertThat(file()).hasContent("another process's");
      assertThat(log.text().lines())
          .hasSize(2)
          .last()
          .asString()
          .endsWith("is another process's now: nothing more is kept on disk in this run");
    }
  }

  @Test
  void whatAnotherProcessMakesBeforeItCanBeMadeAnewIsLeftAlone() throws IOException {
    pointTo("first");
    Path others = Files.createDirectory(root.resolve("second")).resolve("entries.db");
    Files.createDirectory(root.resolve("first"));
    Files.writeString(others, "another process's");
    try (DiskTier tier = open()) {
      assertThat(store(tier, 1)).isEqualTo(Stored.DONE);
      pointTo("missing");
      assertThat(store(tier, 2)).isEqualTo(Stored.FAILED);
      pointTo("second");
      assertThat(store(tier, 3)).isEqualTo(Stored.FAILED);
    }
    assertThat(others).hasContent("another process's");
  }

  /** Has the storage folder be another one, in one step. */
  private void pointTo(String target) throws IOException {
    Path link = Files.createSymbolicLink(root.resolve("link"), Path.of(target));
    Files.move(link, folder(), StandardCopyOption.ATOMIC_MOVE);
  }

  private Path folder() {
    return root.resolve("storage");
  }

  private Path file() {
    return folder().resolve("entries.db");
  }

  private void remove() throws IOException {
    try (Stream<Path> all = Files.walk(folder())) {
      List<Path> inner = all.sorted(Comparator.reverseOrder()).toList();
      for (Path each : inner) {
        Files.delete(each);
      }
    }
  }

  private DiskTier open() {
    DiskSettings settings = DiskSettings.of(folder(), 64 << 20, Duration.ofHours(9));
    return DiskTier.open(
        settings, 1, BodyCompression.NONE, clock, RuleBounds.NONE, TierEvents.NONE);
  }

  private Stored store(DiskTier tier, int name) {
    Samples sample = Samples.at(clock.instant(), "body");
    return tier.store(Samples.key(name), sample.answer(), 8).toCompletableFuture().join();
  }

  private static Found find(DiskTier tier, int name) {
    CompletableFuture<Found> found = new CompletableFuture<>();
    tier.find(Samples.key(name), Headers.empty(), found::complete);
    return found.join();
  }
}
