package org.cistern.tier.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cistern.tier.disk.DiskUnderTest.LARGE;
import static org.cistern.tier.disk.DiskUnderTest.ROOM;
import static org.cistern.tier.disk.DiskUnderTest.noise;

import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import org.cistern.tier.Tier.Stored;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How much the disk keeps, and what goes first. */
class DiskBoundsTest {

  @RegisterExtension private final DiskUnderTest disk = new DiskUnderTest();

  @Test
  void whatWasFoundLastStaysLongest() {
    DiskTier tier = disk.open(1);
    for (int i = 0; i < 40; i++) {
      disk.store(tier, i, noise(100_000));
      disk.clock.advance(Duration.ofSeconds(1));
    }
    for (int i = 40; i < 120; i++) {
      assertThat(disk.find(tier, 0).answer()).isNotNull();
      disk.store(tier, i, noise(100_000));
      disk.clock.advance(Duration.ofSeconds(1));
    }
    assertThat(disk.find(tier, 1).answer()).isNull();
    assertThat(disk.find(tier, 0).answer()).isNotNull();
    assertThat(disk.find(tier, 119).answer()).isNotNull();
  }

  @Test
  void oneAnswerThatIsLargeForASmallBoundStaysWithinIt() throws IOException {
    long bound = 1 << 20;
    DiskTier tier = disk.open(1, DiskSettings.of(disk.folder(), bound, Duration.ofHours(9)));
    assertThat(disk.store(tier, 1, noise(700_000))).isEqualTo(Stored.DONE);
    assertThat(disk.bytes()).isLessThan(bound);
    assertThat(disk.store(tier, 2, noise(690_000))).isEqualTo(Stored.DONE);
    disk.store(tier, 3, "once that before it is gone");
    assertThat(disk.bytes()).isLessThan(bound);
  }

  @Test
  void theFilesTogetherStayWithinTheBound() throws IOException {
    DiskTier tier = disk.open(1);
    Random random = new Random(5);
    for (int i = 0; i < 3000; i++) {
      var unused = disk.begin(tier, i, noise(random.nextInt(20_000)));
      if (i % 200 == 0) {
        disk.store(tier, "large" + i, LARGE);
      }
    }
    disk.store(tier, "last", "body");
    assertThat(disk.bytes()).isLessThan(ROOM);
    assertThat(tier.contents().bytes()).isGreaterThan(ROOM / 3);
  }
}
