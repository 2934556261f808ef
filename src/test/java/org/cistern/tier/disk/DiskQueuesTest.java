package org.cistern.tier.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.cistern.tier.disk.DiskUnderTest.ROOM;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.cistern.http.Headers;
import org.cistern.tier.Found;
import org.cistern.tier.Samples;
import org.cistern.tier.Tier.Stored;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Look-ups and writes that wait for their turn. */
class DiskQueuesTest {

  @RegisterExtension private final DiskUnderTest disk = new DiskUnderTest();

  @Test
  void whatWaitsToBeWrittenIsFoundAlready() {
    DiskTier tier = disk.open(1);
    for (int i = 0; i < 300; i++) {
      var unused = disk.begin(tier, i, "body " + i);
      assertThat(disk.text(tier, i)).isEqualTo("body " + i);
    }
  }

  @Test
  void aFullReaderQueueIsAMissAtOnce() throws Exception {
    DiskSettings narrow =
        new DiskSettings(disk.folder(), ROOM, Duration.ofHours(9), 1, 1, 100, 1 << 20);
    DiskTier tier = disk.open(1, narrow);
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch held = new CountDownLatch(1);
    tier.find(
        Samples.key(1),
        Headers.empty(),
        found -> {
          held.countDown();
          uninterruptibly(release);
        });
    held.await();
    CompletableFuture<Found> waiting = new CompletableFuture<>();
    tier.find(Samples.key(1), Headers.empty(), waiting::complete);
    assertThat(disk.find(tier, 1).miss()).isEqualTo(Found.Miss.BUSY);
    release.countDown();
    assertThat(waiting.join().miss()).isEqualTo(Found.Miss.ABSENT);
  }

  private static void uninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void writesBeyondTheQueueAreDroppedAndCounted() {
    DiskSettings narrow =
        new DiskSettings(disk.folder(), ROOM, Duration.ofHours(9), 1, 9, 4, 1 << 20);
    DiskTier tier = disk.open(1, narrow);
    List<CompletableFuture<Stored>> all = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      all.add(disk.begin(tier, i, "x"));
    }
    List<Stored> outcomes = all.stream().map(CompletableFuture::join).toList();
    assertThat(outcomes).contains(Stored.DONE, Stored.DROPPED);
    assertThat(disk.events.stored).containsAll(outcomes);
    long done = outcomes.stream().filter(one -> one == Stored.DONE).count();
    await().until(() -> disk.events.committed.get() == done);
  }

  @Test
  void whatIsQueuedIsWrittenBeforeTheTierCloses() {
    DiskTier tier = disk.open(1);
    List<CompletableFuture<Stored>> all = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      all.add(disk.begin(tier, i, "x"));
    }
    tier.close();
    assertThat(all).allMatch(one -> one.join() == Stored.DONE);
  }
}
