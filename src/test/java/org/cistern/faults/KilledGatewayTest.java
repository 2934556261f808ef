package org.cistern.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.cistern.fake.FakeConnection;
import org.cistern.fake.FakeUpstream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The whole gateway under {@code kill -9}, at random moments while it stores. */
class KilledGatewayTest {

  private static final int ASKERS = 8;

  @TempDir Path folder;

  static IntStream rounds() {
    return IntStream.range(0, Figures.pick(100, 3));
  }

  @ParameterizedTest
  @MethodSource("rounds")
  void whatWasCommittedStillHitsFromDiskAndNoBodyIsWrong(int round) throws Exception {
    long seed = System.nanoTime();
    int moment = new Random(seed).nextInt(50, 3000);
    int port = FakeUpstream.refusingPort();
    try (FakeUpstream origin = FakeUpstream.playing(KilledGatewayTest::answer)) {
      Map<String, String> environment = environment(origin);
      Load load = new Load(port, seed);
      long committed = loadAndKill(environment, port, load, moment);
      Recount result = recount(environment, port, load.whole);
      Figures.report(
          "kill -9: round %d seed %d, killed after %d answers, %d committed, %d hit from l3,"
              + " %d wrong bodies",
          round, seed, load.whole.size(), committed, result.hits, result.wrong);
      assertThat(load.wrong.get()).isZero();
      assertThat(result.wrong).isZero();
      assertThat(result.hits * 100L).isGreaterThanOrEqualTo(committed * 99L);
    }
  }

  private Map<String, String> environment(FakeUpstream origin) {
    return Map.of(
        "CISTERN_UPSTREAM_URL", "http://127.0.0.1:" + origin.port(),
        "CISTERN_RULES_FILE", Rules.file(folder, Rules.everything("cache_ttl: 1h")),
        "CACHE_L3_STORAGE_PATH", folder.resolve("storage").toString());
  }

  private long loadAndKill(Map<String, String> environment, int port, Load load, int moment)
      throws Exception {
    try (GatewayProcess gateway =
        GatewayProcess.launch(folder, port, List.of(), "256m", environment).awaitUp()) {
      load.run(moment);
      long committed =
          Figures.metric(gateway.metrics(), "cistern_tier_committed_total", "tier=\"l3\"");
      gateway.kill();
      load.end();
      return committed;
    }
  }

  private Recount recount(Map<String, String> environment, int port, Queue<String> paths)
      throws IOException {
    try (GatewayProcess again =
            GatewayProcess.launch(folder, port, List.of(), "256m", environment).awaitUp();
        RawClient client = new RawClient(port)) {
      int hits = 0;
      int wrong = 0;
      for (String path : paths) {
        RawClient.Response response = client.get(path);
        hits += response.header("cache-status").contains("\"l3 ") ? 1 : 0;
        wrong += isRight(path, response) ? 0 : 1;
      }
      assertThat(again.isAlive()).isTrue();
      return new Recount(hits, wrong);
    }
  }

  private record Recount(int hits, int wrong) {}

  private static void answer(FakeConnection connection) throws IOException {
    for (String head = connection.readHead(); !head.isEmpty(); head = connection.readHead()) {
      Bodies.respond(connection, 200, "", body(Bodies.path(head)));
    }
  }

  /** Most are small; one in 64 is beyond what a row of the database holds. */
  private static byte[] body(String path) {
    int hash = Math.abs(path.hashCode() % 6400);
    return Bodies.of(path, hash % 64 == 0 ? 1_600_000 : hash);
  }

  private static boolean isRight(String path, RawClient.Response response) {
    return response.status() == 200 && Arrays.equals(response.body(), body(path));
  }

  /** Asks for ever new paths until the gateway is gone. */
  private static final class Load {

    private final Queue<String> whole = new ConcurrentLinkedQueue<>();
    private final AtomicInteger wrong = new AtomicInteger();
    private final AtomicInteger next = new AtomicInteger();
    private final ExecutorService askers = Executors.newFixedThreadPool(ASKERS);
    private final List<Future<?>> running = new ArrayList<>();
    private final int port;
    private final long seed;

    Load(int port, long seed) {
      this.port = port;
      this.seed = seed;
    }

    /** Returns once so many answers have come; the load goes on. */
    void run(int answers) throws InterruptedException {
      CountDownLatch reached = new CountDownLatch(answers);
      for (int i = 0; i < ASKERS; i++) {
        running.add(askers.submit(() -> ask(reached)));
      }
      reached.await();
    }

    private void ask(CountDownLatch reached) {
      try (RawClient client = new RawClient(port)) {
        while (true) {
          String path = "/" + seed + "/" + next.getAndIncrement();
          RawClient.Response response = client.get(path);
          wrong.addAndGet(isRight(path, response) ? 0 : 1);
          whole.add(path);
          reached.countDown();
        }
      } catch (IOException killed) {
        // What it was waiting is over.
      }
    }

    void end() throws Exception {
      for (Future<?> one : running) {
        one.get();
      }
      askers.shutdownNow();
    }
  }
}
