package org.cistern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cistern.fields.Api;
import org.cistern.fields.Door;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What settings make of the disk, and of the users whose answers are on it. */
class SecondStartTest {

  private static final String RULES =
      """
      rules:
      - {id: mine, path_pattern: /mine, cache_ttl: 1h, user_specific: true}
      - {id: rest, path_pattern: /**, cache_ttl: 1h}
      """;

  private static final Pattern EVICTED =
      Pattern.compile("cistern_tier_evictions_total\\{[^}]*tier=\"l3\"[^}]*} (\\S+)");

  @Test
  void aUserIsKnownByTheSecretAloneAndTheDiskKeepsToItsBytes(@TempDir Path folder) {
    String[] settings = {
      "CISTERN_IDENTITY_SECRET", "of all nodes",
      "CACHE_COMPRESSION_ENABLED", "false",
      "CACHE_L3_MAX_BYTES", "1MB"
    };
    try (Door door = new Door(folder, RULES, settings)) {
      for (int i = 0; i < 20; i++) {
        door.api().on("/" + i, (request, number) -> Api.say(request, 200, "x".repeat(100_000)));
        door.get("/" + i);
      }
      await().until(() -> evicted(door) > 0);
      assertThat(door.status("/mine", "Authorization", "Bearer a")).contains("stored");
      door.restart();

      assertThat(folder.resolve("storage/identity.key")).doesNotExist();
      assertThat(door.status("/mine", "Authorization", "Bearer a")).contains("hit", "l3 ");
      assertThat(door.status("/mine", "Authorization", "Bearer b")).contains("stored");
    }
  }

  private static double evicted(Door door) {
    Matcher metric = EVICTED.matcher(door.gateway().metrics());
    double sum = 0;
    while (metric.find()) {
      sum += Double.parseDouble(metric.group(1));
    }
    return sum;
  }
}
