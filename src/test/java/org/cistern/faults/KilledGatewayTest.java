package org.cistern.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.cistern.fake.FakeUpstream;
import org.cistern.fake.FreePort;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole gateway under {@code kill -9}, 20 times or 100 in the full form, at random moments
 * while it stores. The rule's {@code write_policy} is {@code through}: the last byte of an answer
 * waits until the disk has committed it. So whoever has a whole body knows of that very key that it
 * is committed, and the gateway's own counter of commits is compared with it.
 *
 * <p>Two gateways are killed at a time, each again and again on a folder of its own: what one kill
 * leaves behind is there at the next.
 */
class KilledGatewayTest {

  private static final int KILLS = Figures.pick(100, 20);
  private static final int LANES = 2;

  /** What one kill has cost. */
  private record Loss(int known, int lost, int wrong) {}

  @TempDir Path folder;

  @Test
  void whatWasCommittedStillHitsFromDiskAndNoBodyIsWrong() throws Exception {
    System.out.println("kill -9: " + Seed.again());
    List<Loss> losses = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(LANES);
    try (FakeUpstream origin = FakeUpstream.playing(StoringLoad::answer)) {
      List<Future<List<Loss>>> lanes = new ArrayList<>();
      for (int lane = 0; lane < LANES; lane++) {
        Lane one = new Lane(lane, origin.port());
        lanes.add(threads.submit(one::run));
      }
      for (Future<List<Loss>> lane : lanes) {
        losses.addAll(lane.get());
      }
    } finally {
      threads.shutdownNow();
    }
    judge(losses);
  }

  private static void judge(List<Loss> losses) {
    int known = losses.stream().mapToInt(Loss::known).sum();
    int lost = losses.stream().mapToInt(Loss::lost).sum();
    int wrong = losses.stream().mapToInt(Loss::wrong).sum();
    Figures.report(
        "kill -9: %d kills under load, %d keys committed, %d of them lost, %d wrong bodies (%s)",
        losses.size(), known, lost, wrong, Seed.again());
    assertThat(losses).hasSize(KILLS);
    assertThat(wrong).isZero();
    for (Loss loss : losses) {
      assertThat(loss.lost() * 100L).isLessThanOrEqualTo(loss.known());
    }
  }

  /** One folder, and the gateways that are started on it and killed, one after the other. */
  private final class Lane {

    private final int number;
    private final Path home;
    private final Map<String, String> environment;
    private final int port = FreePort.pick();

    Lane(int number, int originPort) {
      this.number = number;
      this.home = folder.resolve("lane" + number);
      String rules = Rules.everything("cache_ttl: 1h", "write_policy: through");
      this.environment =
          Map.of(
              "CISTERN_UPSTREAM_URL", "http://127.0.0.1:" + originPort,
              "CISTERN_RULES_FILE", Rules.file(home, rules),
              "CACHE_L3_STORAGE_PATH", home.resolve("storage").toString());
    }

    /** Each gateway is first asked for what the one before it had committed. */
    List<Loss> run() throws Exception {
      List<Loss> losses = new ArrayList<>();
      @Nullable StoringLoad load = null;
      for (int i = 0; i <= KILLS / LANES; i++) {
        try (GatewayProcess gateway = GatewayProcess.quick(home, port, environment).awaitUp()) {
          if (load != null) {
            losses.add(recount(load));
          }
          if (i < KILLS / LANES) {
            load = new StoringLoad(port, Seed.of(i * LANES + number));
            loadAndKill(gateway, load);
          }
        }
      }
      return losses;
    }

    private void loadAndKill(GatewayProcess gateway, StoringLoad load) throws Exception {
      load.run(new Random(load.seed()).nextInt(20, 1200));
      int whole = load.whole().size();
      Awaitility.await().until(() -> committed(gateway) >= whole);
      gateway.kill();
      load.end();
    }

    private long committed(GatewayProcess gateway) throws Exception {
      return Figures.metric(gateway.metrics(), "cistern_tier_committed_total", "tier=\"l3\"");
    }

    private Loss recount(StoringLoad load) throws Exception {
      int lost = 0;
      int wrong = load.wrong();
      try (RawClient client = new RawClient(port)) {
        for (String path : load.whole()) {
          RawClient.Response response = client.get(path);
          lost += response.header("cache-status").contains("\"l3 ") ? 0 : 1;
          wrong += StoringLoad.isRight(path, response) ? 0 : 1;
        }
      }
      int known = load.whole().size();
      System.out.printf(
          "kill -9: seed %d, %d keys committed, %d lost, %d wrong%n",
          load.seed(), known, lost, wrong);
      return new Loss(known, lost, wrong);
    }
  }
}
