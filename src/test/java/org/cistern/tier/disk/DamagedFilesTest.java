package org.cistern.tier.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.cistern.tier.disk.DiskUnderTest.LARGE;
import static org.cistern.tier.disk.DiskUnderTest.ROOM;
import static org.cistern.tier.disk.DiskUnderTest.noise;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Random;
import org.cistern.tier.Found;
import org.cistern.tier.Samples;
import org.cistern.tier.Tier.Stored;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Files that are damaged, missing or in the way: misses, until all is well again. */
class DamagedFilesTest {

  @RegisterExtension private final DiskUnderTest disk = new DiskUnderTest();

  @Test
  void aMissingBodyFileIsAMiss() throws IOException {
    DiskTier tier = disk.open(1);
    disk.store(tier, 1, LARGE);
    Files.delete(disk.bodies().get(0));
    assertThat(disk.find(tier, 1).answer()).isNull();
    await().until(() -> tier.contents().entries() == 0);
  }

  @Test
  void aValueOfAnotherVersionIsAMissThatIsToldFromADamagedOne() throws SQLException {
    DiskTier tier = disk.open(1);
    disk.store(tier, 1, "of a later release");
    disk.store(tier, 2, "damaged");
    disk.byTool(
        "UPDATE entry SET value=CAST(substr(value, 1, 4) || x'02' || substr(value, 6) AS BLOB)"
            + " WHERE key='"
            + Samples.key(1).text()
            + "'");
    disk.byTool("UPDATE entry SET value=x'00' WHERE key='" + Samples.key(2).text() + "'");
    assertThat(disk.find(tier, 1).miss()).isEqualTo(Found.Miss.FOREIGN);
    assertThat(disk.find(tier, 2).miss()).isEqualTo(Found.Miss.DAMAGED);
  }

  @Test
  void aFileThatIsDamagedWhileInUseIsSetAsideAndReplaced() throws IOException {
    DiskTier tier = disk.open(1);
    for (int i = 0; i < 500; i++) {
      disk.store(tier, i, noise(3000));
    }
    tier.close();
    DiskTier again = disk.open(1);
    assertThat(disk.find(again, 1).answer()).isNotNull();
    overwriteAllButTheFirstPage();
    await()
        .until(
            () -> {
              for (int i = 0; i < 500; i++) {
                Found found = disk.find(again, i);
                assertThat(found.answer() == null || disk.text(again, i) == null || isWhole(found))
                    .isTrue();
              }
              disk.store(again, 1000, "probe");
              return !disk.aside().isEmpty();
            });
    assertThat(disk.store(again, 1, "after")).isEqualTo(Stored.DONE);
    assertThat(disk.text(again, 1)).isEqualTo("after");
  }

  private static boolean isWhole(Found found) {
    return found.answer() != null && Samples.text(found.answer()).equals(noise(3000));
  }

  private void overwriteAllButTheFirstPage() throws IOException {
    byte[] rubbish = new byte[4096];
    new Random(1).nextBytes(rubbish);
    try (RandomAccessFile file = new RandomAccessFile(disk.database().toFile(), "rw")) {
      for (long at = 4096; at < file.length(); at += rubbish.length) {
        file.seek(at);
        file.write(rubbish);
      }
    }
  }

  @Test
  void aValueWithAWrongChecksumIsAMissAndForgotten() throws SQLException {
    DiskTier tier = disk.open(1);
    disk.store(tier, 1, "body");
    disk.byTool("UPDATE entry SET value = substr(value, 1, length(value) - 1) || x'00'");
    assertThat(disk.find(tier, 1).miss()).isEqualTo(Found.Miss.DAMAGED);
    await().until(() -> disk.find(tier, 1).miss() == Found.Miss.ABSENT);
    assertThat(disk.aside()).isEmpty();
  }

  @Test
  void anEntryOfAnotherKeyIsNeverShown() throws SQLException {
    DiskTier tier = disk.open(1);
    disk.store(tier, 1, "body");
    disk.byTool("UPDATE entry SET key = key || 'x'");
    assertThat(disk.find(tier, 1).miss()).isEqualTo(Found.Miss.ABSENT);
  }

  @Test
  void aFolderThatCannotBeUsedIsAMissUntilItCan() throws IOException {
    Path inTheWay = disk.folder().resolve("sub");
    Files.writeString(inTheWay, "a file");
    DiskTier tier = disk.open(1, DiskSettings.of(inTheWay, ROOM, Duration.ofHours(9)));
    assertThat(disk.find(tier, 1).miss()).isEqualTo(Found.Miss.DOWN);
    assertThat(disk.store(tier, 1, "body")).isEqualTo(Stored.FAILED);
    Files.delete(inTheWay);
    assertThat(disk.store(tier, 1, "body")).isEqualTo(Stored.DONE);
    assertThat(disk.text(tier, 1)).isEqualTo("body");
  }

  @Test
  void aWriteFailsWhereEvenTheOpeningBreaks() throws IOException {
    Files.writeString(disk.database(), "not a database at all ".repeat(500));
    // One set aside before that cannot be deleted.
    Files.createDirectories(disk.folder().resolve("entries.db.damaged-before/x"));
    DiskTier tier = disk.openBreaking();
    assertThat(disk.store(tier, 1, "body")).isEqualTo(Stored.FAILED);
    assertThat(disk.store(tier, 1, "body")).isEqualTo(Stored.FAILED);
  }

  @Test
  void aSmallAnswerThatIsStoredDoesNotMakeADiskWellThatLargeOnesFailOn() throws IOException {
    DiskTier tier = disk.open(1);
    disk.store(tier, 0, "opens the file");
    Files.writeString(disk.folder().resolve("bodies"), "in the way");
    disk.store(tier, 1, LARGE);
    assertThat(disk.store(tier, 2, "small")).isEqualTo(Stored.DONE);
    disk.store(tier, 3, "once the one before is accounted for");
    assertThat(tier.problem()).isNotNull();
  }

  @Test
  void aDiskThatIsMendedIsWellByItselfAfterAWhile() throws IOException {
    DiskTier tier = disk.open(1);
    disk.store(tier, 0, "opens the file");
    Path bodies = disk.folder().resolve("bodies");
    Files.writeString(bodies, "in the way");
    disk.store(tier, 1, LARGE);
    Files.delete(bodies);
    assertThat(tier.problem()).isNotNull();
    disk.clock.advance(Trouble.QUIET);
    await().until(() -> tier.problem() == null);
    assertThat(disk.bodies()).isEmpty();
  }

  @Test
  void aLockThatPassesIsNoTrouble() throws SQLException {
    DiskTier tier = disk.open(1);
    disk.store(tier, 0, "opens the file");
    disk.whileLocked(() -> assertThat(disk.store(tier, 1, "x")).isEqualTo(Stored.FAILED));
    assertThat(tier.problem()).isNull();
  }

  @Test
  void bodiesThatCannotBeWrittenFailAloneAndRecover() throws IOException {
    DiskTier tier = disk.open(1);
    disk.store(tier, 0, "opens the file");
    Path bodies = disk.folder().resolve("bodies");
    Files.writeString(bodies, "in the way");
    assertThat(disk.store(tier, 1, LARGE)).isEqualTo(Stored.FAILED);
    assertThat(disk.find(tier, 1).answer()).isNull();
    Files.delete(bodies);
    assertThat(disk.store(tier, 1, LARGE)).isEqualTo(Stored.DONE);
  }
}
