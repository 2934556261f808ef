package org.cistern.tier.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cistern.tier.disk.DiskUnderTest.LARGE;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import org.cistern.routes.Log;
import org.cistern.tier.Found;
import org.cistern.tier.Tier.Stored;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a disk tier makes of the files that it finds at its start. */
class DiskStartTest {

  @RegisterExtension private final DiskUnderTest disk = new DiskUnderTest();

  @Test
  void filesThatNoEntryNamesAreRemovedAtTheStart() throws IOException {
    DiskTier tier = disk.open(1);
    disk.store(tier, 1, LARGE);
    tier.close();
    Files.writeString(disk.folder().resolve("bodies/orphan"), "x");
    Files.writeString(disk.folder().resolve("bodies/half.part"), "x");
    assertThat(disk.text(disk.open(1), 1)).isEqualTo(LARGE);
    assertThat(disk.bodies()).hasSize(1);
  }

  @Test
  void entriesOfAnotherEpochAreDropped() {
    DiskTier tier = disk.open(1);
    disk.store(tier, 1, "of epoch 1");
    tier.close();
    DiskTier next = disk.open(2);
    assertThat(disk.find(next, 1).miss()).isEqualTo(Found.Miss.ABSENT);
    assertThat(disk.events.dropped).hasValue(1);
    disk.store(next, 1, "of epoch 2");
    next.close();
    assertThat(disk.text(disk.open(2), 1)).isEqualTo("of epoch 2");
  }

  @Test
  void tablesOfAnotherVersionAreDropped() throws SQLException {
    DiskTier tier = disk.open(1);
    disk.store(tier, 1, "old");
    tier.close();
    disk.byTool("PRAGMA user_version=99");
    DiskTier next = disk.open(1);
    assertThat(disk.find(next, 1).miss()).isEqualTo(Found.Miss.ABSENT);
    assertThat(disk.store(next, 1, "new")).isEqualTo(Stored.DONE);
  }

  @Test
  void aFileThatIsNoDatabaseIsSetAsideAtTheStart() throws IOException {
    Files.writeString(disk.database(), "not a database at all ".repeat(500));
    try (Log log = new Log()) {
      DiskTier tier = disk.open(1);
      assertThat(disk.store(tier, 1, "new")).isEqualTo(Stored.DONE);
      assertThat(disk.text(tier, 1)).isEqualTo("new");
      assertThat(disk.aside()).hasSize(1);
      assertThat(disk.events.damaged).hasSize(1);
      assertThat(log.text().lines())
          .containsExactly(
              disk.database()
                  + " is damaged: it is kept as "
                  + disk.aside().get(0).getFileName()
                  + ", and a new one takes its place");
    }
  }
}
