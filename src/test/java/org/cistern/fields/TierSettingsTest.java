package org.cistern.fields;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The settings of the tiers, as a client sees them. */
class TierSettingsTest {

  private static final String RULES =
      """
      rules:
      - {id: memory-own, path_pattern: /memory/own, strategy: memory, cache_ttl: 1h}
      - {id: memory, path_pattern: /memory/**, strategy: memory}
      - {id: disk-own, path_pattern: /disk/own, write_policy: through, cache_ttl: 1h}
      - {id: disk, path_pattern: /disk/**, write_policy: through}
      """;

  private Door door;

  @BeforeEach
  void start(@TempDir Path folder) {
    door = new Door(folder, RULES, "CACHE_L1_TTL", "60", "CACHE_L3_TTL", "600");
  }

  @AfterEach
  void stop() {
    door.close();
  }

  @Test
  void theTtlOfMemoryBoundsWhatIsKeptOnlyThereWhereTheRuleHasNoTtl() {
    door.api().on("/memory/origin", Api.saying("Cache-Control", "max-age=3600"));
    door.get("/memory/origin");
    door.pass(Duration.ofSeconds(59));
    assertThat(door.status("/memory/origin")).contains("hit");
    door.pass(Duration.ofSeconds(2));
    assertThat(door.status("/memory/origin")).contains("fwd=");
  }

  @Test
  void theTtlOfTheDiskBoundsWhatIsKeptWhereTheRuleHasNoTtl() {
    door.api().on("/disk/origin", Api.saying("Cache-Control", "max-age=3600"));
    door.get("/disk/origin");
    door.pass(Duration.ofSeconds(599));
    assertThat(door.status("/disk/origin")).contains("hit", "l3");
    door.pass(Duration.ofSeconds(61));
    assertThat(door.status("/disk/origin")).contains("fwd=");
  }

  @Test
  void inTheLowestTierOfARuleItsOwnTtlWins() {
    door.get("/memory/own");
    door.get("/disk/own");
    door.pass(Duration.ofSeconds(3500));
    assertThat(door.status("/memory/own")).contains("hit", "l1");
    assertThat(door.status("/disk/own")).contains("hit", "l3");
  }

  @Test
  void whatWasPackedOnDiskIsReadAfterCompressionIsTurnedOff() {
    String text = "text ".repeat(2000);
    door.api().on("/disk/own", (request, n) -> Api.say(request, 200, text));
    door.get("/disk/own");
    door.restart("CACHE_COMPRESSION_ENABLED", "false");

    assertThat(door.status("/disk/own")).contains("hit", "l3");
    assertThat(door.body("/disk/own")).isEqualTo(text);
  }
}
