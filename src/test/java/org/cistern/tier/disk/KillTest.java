package org.cistern.tier.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.cistern.answer.Answer;
import org.cistern.faults.Figures;
import org.cistern.faults.Seed;
import org.cistern.http.Headers;
import org.cistern.tier.Found;
import org.cistern.tier.RuleBounds;
import org.cistern.tier.Samples;
import org.cistern.tier.Tier.Stored;
import org.cistern.tier.TierEvents;
import org.cistern.tier.ZstdCompression;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A process that writes under load is killed at a random moment: what it had reported as committed
 * is found, and nothing is found that was never stored. Three rounds, or thirty in the full form.
 */
class KillTest {

  private static final int KEYS = 2000;

  /** One for all rounds: a file that was left by one kill is there at the next. */
  @TempDir static Path folder;

  static IntStream rounds() {
    return IntStream.range(0, Figures.pick(30, 3));
  }

  @ParameterizedTest
  @MethodSource("rounds")
  void whatWasCommittedSurvivesAndNothingElseAppears(int round) throws Exception {
    long seed = Seed.of(round);
    int lines = new Random(seed).nextInt(1, 6000);
    System.out.printf(
        "round %d: seed %d, killed after %d commits; %s%n", round, seed, lines, Seed.again());
    Map<Integer, Integer> committed = writeUntilKilled(round, seed, lines);
    try (DiskTier tier = open(folder, InstantSource.system())) {
      long found = committed.entrySet().stream().filter(one -> isThere(tier, one)).count();
      assertThat(found).isGreaterThanOrEqualTo((committed.size() * 99L + 99) / 100);
      for (int key = 0; key < KEYS; key++) {
        assertWholeOrAbsent(find(tier, key), key);
      }
    }
  }

  private Map<Integer, Integer> writeUntilKilled(int round, long seed, int lines) throws Exception {
    Process child = start(round, seed);
    Map<Integer, Integer> committed = new HashMap<>();
    try (BufferedReader reports = child.inputReader(StandardCharsets.US_ASCII)) {
      for (int i = 0; i < lines; i++) {
        note(committed, reports.readLine());
      }
      // By its handle: the process' own method would close the stream.
      child.toHandle().destroyForcibly();
      // What it had printed before it died was committed as well; its last line may be cut.
      for (String line = reports.readLine(); line != null; line = reports.readLine()) {
        if (line.endsWith(";")) {
          note(committed, line);
        }
      }
    } finally {
      child.destroyForcibly().waitFor();
    }
    return committed;
  }

  private Process start(int round, long seed) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            Load.class.getName(),
            folder.toString(),
            Long.toString(seed),
            Integer.toString(round * 1_000_000))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static void note(Map<Integer, Integer> committed, String line) {
    int space = line.indexOf(' ');
    Integer key = Integer.valueOf(line.substring(0, space));
    Integer version = Integer.valueOf(line.substring(space + 1, line.length() - 1));
    committed.merge(key, version, Math::max);
  }

  private static boolean isThere(DiskTier tier, Map.Entry<Integer, Integer> committed) {
    Answer answer = find(tier, committed.getKey()).answer();
    return answer != null && version(Samples.text(answer)) >= committed.getValue();
  }

  private static void assertWholeOrAbsent(Found found, int key) {
    Answer answer = found.answer();
    if (answer != null) {
      String text = Samples.text(answer);
      assertThat(text).isEqualTo(body(key, version(text)));
    }
  }

  private static Found find(DiskTier tier, int key) {
    CompletableFuture<Found> found = new CompletableFuture<>();
    tier.find(Samples.key(key), Headers.empty(), found::complete);
    return found.join();
  }

  /** Returns a body from which key and version can be read; one in 64 is large. */
  private static String body(int key, int version) {
    Random random = new Random(31L * key + version);
    int length = key % 64 == 0 ? 1_600_000 : random.nextInt(6000);
    StringBuilder body = new StringBuilder().append(version).append(' ').append(key).append(' ');
    while (body.length() < length) {
      body.append(Long.toString(random.nextLong(), 36));
    }
    return body.toString();
  }

  private static int version(String body) {
    return Integer.parseInt(body.substring(0, body.indexOf(' ')));
  }

  private static DiskTier open(Path folder, InstantSource clock) {
    DiskSettings settings = DiskSettings.of(folder, 256 << 20, Duration.ofHours(9));
    return DiskTier.open(
        settings, 1, new ZstdCompression(), clock, RuleBounds.NONE, TierEvents.NONE);
  }

  /** Writes as fast as it can and prints what was committed, until it is killed. */
  static final class Load {
    public static void main(String[] args) throws InterruptedException {
      Random random = new Random(Long.parseLong(args[1]));
      Semaphore inFlight = new Semaphore(200);
      DiskTier tier = open(Path.of(args[0]), InstantSource.system());
      for (int version = Integer.parseInt(args[2]); ; version++) {
        inFlight.acquire();
        write(tier, random.nextInt(KEYS), version, inFlight);
      }
    }

    private static void write(DiskTier tier, int key, int version, Semaphore inFlight) {
      Answer answer = Samples.at(Instant.now(), body(key, version)).answer();
      tier.store(Samples.key(key), answer, 8)
          .thenAccept(
              outcome -> {
                inFlight.release();
                if (outcome == Stored.DONE) {
                  System.out.println(key + " " + version + ";");
                }
              });
    }
  }
}
