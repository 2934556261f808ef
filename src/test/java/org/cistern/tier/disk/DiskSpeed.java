package org.cistern.tier.disk;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.cistern.http.Headers;
import org.cistern.rule.Key;
import org.cistern.tier.RuleBounds;
import org.cistern.tier.Samples;
import org.cistern.tier.TierEvents;
import org.cistern.tier.ZstdCompression;

/**
 * Measures a hit on disk: 10,000 keys of 1 KB, asked for at random, 64 at a time. Asserts nothing.
 * Run it on one core: {@code taskset -c 0 java -cp ... org.cistern.tier.disk.DiskSpeed}.
 */
public final class DiskSpeed {

  private static final int KEYS = 10_000;

  private DiskSpeed() {}

  public static void main(String[] args) throws Exception {
    Path folder = Files.createTempDirectory("cistern-speed");
    DiskSettings settings = DiskSettings.of(folder, 1L << 30, Duration.ofHours(9));
    try (DiskTier tier =
        DiskTier.open(
            settings,
            1,
            new ZstdCompression(),
            InstantSource.system(),
            RuleBounds.NONE,
            TierEvents.NONE)) {
      for (int round = 0; round < 4; round++) {
        fill(tier);
      }
      for (int round = 0; round < 6; round++) {
        measure(tier, 100_000);
      }
    }
  }

  private static void fill(DiskTier tier) {
    long begin = cpuNanos();
    CompletableFuture<?>[] all = new CompletableFuture<?>[KEYS];
    for (int i = 0; i < KEYS; i++) {
      Samples sample = Samples.at(InstantSource.system().instant(), "x".repeat(1024));
      all[i] = tier.store(Samples.key(i), sample.answer(), 8).toCompletableFuture();
      if (i % 1000 == 999) {
        all[i].join();
      }
    }
    CompletableFuture.allOf(all).join();
    System.out.printf("store: %.1f us of processor each%n", (cpuNanos() - begin) / 1e3 / KEYS);
  }

  private static void measure(DiskTier tier, int finds) throws InterruptedException {
    Key[] keys = new Key[KEYS];
    for (int i = 0; i < KEYS; i++) {
      keys[i] = Samples.key(i);
    }
    Random random = new Random(1);
    Semaphore inFlight = new Semaphore(64);
    long begin = cpuNanos();
    for (int i = 0; i < finds; i++) {
      inFlight.acquire();
      tier.find(keys[random.nextInt(KEYS)], Headers.empty(), found -> inFlight.release());
    }
    inFlight.acquire(64);
    System.out.printf("find: %.1f us of processor each%n", (cpuNanos() - begin) / 1e3 / finds);
  }

  /** Not the time on the wall, which others on the machine lengthen. */
  private static long cpuNanos() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
  }
}
