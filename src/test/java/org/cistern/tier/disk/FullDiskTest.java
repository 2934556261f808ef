package org.cistern.tier.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.cistern.http.Headers;
import org.cistern.tier.Found;
import org.cistern.tier.RuleBounds;
import org.cistern.tier.Samples;
import org.cistern.tier.Tier.Stored;
import org.cistern.tier.TierEvents;
import org.cistern.tier.ZstdCompression;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk without room, as a process sees it whose files may not grow past a limit: each write past
 * it fails in the system itself.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no limit on file sizes to set")
class FullDiskTest {

  /** In blocks of 512 bytes or of 1 KB, as shells differ; the driver's own library must fit. */
  private static final int LIMIT = 16_384;

  @TempDir Path folder;

  @Test
  void aFullDiskFailsWritesKeepsReadsAndRecovers() throws IOException, InterruptedException {
    Process child =
        new ProcessBuilder(
                "sh",
                "-c",
                "ulimit -f " + LIMIT + " && exec \"$@\"",
                "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Filler.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .start();
    String report = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(child.waitFor()).as(report).isZero();
    assertThat(report).contains("failed, then read, then emptied, then stored");
  }

  /** Stores until a write fails, reads, makes room, and stores again. */
  static final class Filler {
    public static void main(String[] args) {
      DiskSettings settings = DiskSettings.of(Path.of(args[0]), 1 << 30, Duration.ofHours(9));
      InstantSource clock = InstantSource.system();
      try (DiskTier tier =
          DiskTier.open(
              settings, 1, new ZstdCompression(), clock, RuleBounds.NONE, TierEvents.NONE)) {
        int stored = 0;
        while (store(tier, stored) == Stored.DONE && stored < 2000) {
          stored++;
        }
        check(stored < 2000, "no write ever failed");
        for (int i = 0; i < stored; i++) {
          check(find(tier, i).answer() != null, "entry " + i + " is lost");
        }
        check(tier.clear().toCompletableFuture().join() == Stored.DONE, "it was not emptied");
        check(store(tier, 1) == Stored.DONE, "it stays full");
        check(find(tier, 1).answer() != null, "what was stored is not found");
        System.out.println("failed, then read, then emptied, then stored");
      }
    }

    private static Stored store(DiskTier tier, int i) {
      byte[] noise = new byte[30_000];
      new Random(i).nextBytes(noise);
      String body = new String(noise, StandardCharsets.ISO_8859_1);
      Samples sample = Samples.at(InstantSource.system().instant(), body);
      return tier.store(Samples.key(i), sample.answer(), 8).toCompletableFuture().join();
    }

    private static Found find(DiskTier tier, int i) {
      CompletableFuture<Found> found = new CompletableFuture<>();
      tier.find(Samples.key(i), Headers.empty(), found::complete);
      return found.join();
    }

    private static void check(boolean holds, String otherwise) {
      if (!holds) {
        System.out.println(otherwise);
        System.exit(1);
      }
    }
  }
}
