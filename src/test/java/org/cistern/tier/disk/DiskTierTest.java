package org.cistern.tier.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cistern.tier.disk.DiskUnderTest.LARGE;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.cistern.tier.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the disk keeps, and in which files. */
class DiskTierTest {

  @RegisterExtension private final DiskUnderTest disk = new DiskUnderTest();

  @Test
  void largeBodiesAreFilesThatGoWithTheirEntries() {
    DiskTier tier = disk.open(1);
    disk.store(tier, 1, LARGE);
    assertThat(disk.bodies()).hasSize(1);
    disk.store(tier, 1, "small now");
    assertThat(disk.bodies()).isEmpty();
  }

  @Test
  void theFileIsOpenToAnySqliteTool() throws SQLException {
    DiskTier tier = disk.open(1);
    disk.store(tier, 1, "body");
    try (Connection tool = disk.tool();
        Statement statement = tool.createStatement();
        var row =
            statement.executeQuery(
                "SELECT e.key, e.rule FROM entry e JOIN tag t ON t.id = e.id WHERE t.tag='tag'")) {
      assertThat(row.next()).isTrue();
      assertThat(row.getString(1)).isEqualTo(Samples.key(1).text());
      assertThat(row.getString(2)).isEqualTo("rule");
    }
  }
}
