package org.cistern.tier.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import org.cistern.answer.Answer;
import org.cistern.tier.Samples;
import org.cistern.tier.Tier.Stored;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a write was to replace or remove that never came to be: nobody finds it any more. */
class LostWritesTest {

  @RegisterExtension private final DiskUnderTest disk = new DiskUnderTest();

  @Test
  void whatAFailedWriteWasToReplaceIsNotFoundAgain() throws SQLException {
    DiskTier tier = disk.open(1);
    disk.store(tier, 1, "v1");
    disk.store(tier, 2, "of another key");
    disk.whileLocked(() -> assertThat(disk.store(tier, 1, "v2")).isEqualTo(Stored.FAILED));
    assertThat(disk.text(tier, 1)).isNull();
    assertThat(disk.text(tier, 2)).isEqualTo("of another key");
    await().until(() -> tier.contents().entries() == 1);
    assertThat(disk.text(tier, 1)).isNull();
  }

  @Test
  void whatAFailedDeadAnswerWasToHideIsNotFoundAgain() throws SQLException {
    DiskTier tier = disk.open(1);
    Answer alive = Samples.at(disk.clock.instant(), "withdrawn").answer();
    tier.store(Samples.key(1), alive, 8).toCompletableFuture().join();
    disk.whileLocked(
        () -> tier.store(Samples.key(1), Samples.deadOf(alive), 8).toCompletableFuture().join());
    assertThat(disk.text(tier, 1)).isNull();
    await().until(() -> tier.contents().entries() == 0);
  }

  @Test
  void whatAFailedRemovalWasToTakeIsNotFoundAgain() throws SQLException {
    DiskTier tier = disk.open(1);
    disk.store(tier, 1, "removed");
    disk.whileLocked(
        () ->
            assertThat(tier.remove(Samples.key(1)).toCompletableFuture().join())
                .isEqualTo(Stored.FAILED));
    assertThat(disk.text(tier, 1)).isNull();
    await().until(() -> tier.contents().entries() == 0);
  }

  @Test
  void whatARemovalThatWaitsIsToTakeIsNotFound() throws SQLException {
    DiskTier tier = disk.open(1);
    disk.store(tier, 1, "removed");
    disk.store(tier, 2, "of another key");
    disk.whileLocked(
        () -> {
          var unused = tier.remove(Samples.key(1));
          assertThat(disk.text(tier, 1)).isNull();
          assertThat(disk.text(tier, 2)).isEqualTo("of another key");
        });
  }

  @Test
  void whatAFailedWriteWasToReplaceIsNotFoundAfterARestart() throws SQLException {
    DiskTier tier = disk.open(1);
    disk.store(tier, 1, "v1");
    disk.store(tier, 2, "of another key");
    disk.whileLocked(
        () -> {
          disk.store(tier, 1, "v2");
          tier.close();
        });
    assertThat(disk.text(disk.open(1), 1)).isNull();
  }

  @Test
  void whatIsStoredAfterAFailedWriteIsFound() throws SQLException {
    DiskTier tier = disk.open(1);
    disk.store(tier, 1, "v1");
    disk.whileLocked(() -> disk.store(tier, 1, "v2"));
    assertThat(disk.store(tier, 1, "v3")).isEqualTo(Stored.DONE);
    assertThat(disk.text(tier, 1)).isEqualTo("v3");
    tier.close();
    assertThat(disk.text(disk.open(1), 1)).isEqualTo("v3");
  }

  @Test
  void whatADroppedWriteWasToReplaceIsNotFoundAgain() throws SQLException {
    DiskTier tier = disk.open(1, disk.narrow());
    disk.store(tier, 1, "v1");
    disk.whileLocked(
        () -> {
          await()
              .until(
                  () ->
                      disk.fill(tier) && disk.begin(tier, 1, "v2").getNow(null) == Stored.DROPPED);
          assertThat(disk.text(tier, 1)).isNull();
        });
    tier.close();
    assertThat(disk.text(disk.open(1), 1)).isNull();
  }

  @Test
  void whereTooMuchIsInDoubtNothingIsFoundAndTheFileBeginsAnew() throws SQLException {
    DiskTier tier = disk.open(1, disk.narrow());
    disk.store(tier, "kept", "body");
    disk.whileLocked(
        () -> {
          for (int i = 0; i < Doubts.MOST + 100; i++) {
            var unused = disk.begin(tier, i, "x");
          }
          assertThat(disk.text(tier, "kept")).isNull();
        });
    await().until(() -> disk.store(tier, "again", "body") == Stored.DONE);
    assertThat(disk.text(tier, "again")).isEqualTo("body");
    assertThat(disk.text(tier, "kept")).isNull();
  }
}
