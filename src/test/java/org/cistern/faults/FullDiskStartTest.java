package org.cistern.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.cistern.fake.FreePort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A start on a disk that the answers of the run before have filled. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the small disk is made by tools of Linux")
class FullDiskStartTest {

  private static final String FILLED =
      "mount -t tmpfs -o size=8m tmpfs \"$0\""
          + " && { head -c 9000000 /dev/zero > \"$0/entries.db\" || true; }"
          + " && exec \"$@\"";

  @TempDir Path folder;

  @Test
  void theAnswersGoThatIsSaidAndTheDiskIsUsedAtOnce() throws Exception {
    Path storage = Files.createDirectory(folder.resolve("storage"));
    String impossible = SmallDisk.FILE_SYSTEM.impossible(storage);
    assumeThat(impossible).as("%s", impossible).isEmpty();
    List<String> filled =
        List.of(
            "unshare", "--user", "--map-root-user", "--mount", "sh", "-c", FILLED, "" + storage);
    try (GatewayProcess gateway =
        GatewayProcess.launch(
            folder,
            FreePort.pick(),
            filled,
            GatewayProcess.SHORT_LIVED,
            Map.of("CACHE_L3_STORAGE_PATH", storage.toString()))) {
      // It listens a moment before it says so.
      gateway.awaitUp();
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> gateway.output().contains("Cistern is up"));
      assertThat(gateway.output())
          .containsOnlyOnce("the answers in " + storage + " are deleted: ")
          .contains("disk (L3)    " + storage + ", at most 1 GB");
    }
  }
}
