package org.cistern.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.cistern.fake.FakeConnection;
import org.cistern.fake.FakeUpstream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The whole gateway on a disk without room, and with room again. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the limit is lifted again by a tool of Linux")
class FullDiskGatewayTest {

  private static final Path LIFT = Path.of("/usr/bin/prlimit");

  /** In blocks of 512 bytes or of 1 KB, as shells differ; the driver's own library must fit. */
  private static final List<String> LIMITED =
      List.of("sh", "-c", "ulimit -S -f 16384 && exec \"$@\"", "sh");

  private static final int LENGTH = 30_000;

  @Test
  void aFullDiskCostsNoAnswerAndIsUsedAgainOnceThereIsRoom(@TempDir Path folder) throws Exception {
    assumeThat(Files.isExecutable(LIFT)).as("no %s here", LIFT).isTrue();
    try (FakeUpstream origin = FakeUpstream.playing(FullDiskGatewayTest::answer);
        GatewayProcess gateway =
            GatewayProcess.launch(
                    folder,
                    FakeUpstream.refusingPort(),
                    LIMITED,
                    "256m",
                    Map.of(
                        "CISTERN_UPSTREAM_URL",
                        "http://127.0.0.1:" + origin.port(),
                        "CACHE_L1_MAX_SIZE",
                        "10",
                        "CISTERN_RULES_FILE",
                        Rules.file(folder, Rules.everything("cache_ttl: 1h"))))
                .awaitUp();
        RawClient client = new RawClient(gateway.port())) {
      int asked = 0;
      while (asked < 200 || (failed(gateway) == 0 && asked < 5000)) {
        assertRight(client, "/full/" + asked++);
      }
      assertThat(failed(gateway)).isPositive();
      for (int i = 0; i < asked; i++) {
        assertRight(client, "/full/" + i);
      }
      long before = committed(gateway);
      lift(gateway);
      int[] next = {asked};
      Awaitility.await()
          .until(
              () -> {
                assertRight(client, "/again/" + next[0]++);
                return committed(gateway) > before;
              });
      Figures.report(
          "disk full: %d requests, every answer right, %d writes failed; %d committed before there"
              + " was room, %d after",
          2 * asked, failed(gateway), before, committed(gateway));
    }
  }

  private static void lift(GatewayProcess gateway) throws Exception {
    Process lift =
        new ProcessBuilder(
                LIFT.toString(), "--pid", Long.toString(gateway.pid()), "--fsize=unlimited:")
            .redirectErrorStream(true)
            .start();
    String said = new String(lift.getInputStream().readAllBytes(), UTF_8);
    assertThat(lift.waitFor()).as(said).isZero();
  }

  private static long failed(GatewayProcess gateway) throws IOException {
    return Figures.metric(
        gateway.metrics(), "cistern_tier_writes_total", "tier=\"l3\"", "result=\"failed\"");
  }

  private static long committed(GatewayProcess gateway) throws IOException {
    return Figures.metric(gateway.metrics(), "cistern_tier_committed_total", "tier=\"l3\"");
  }

  private static void assertRight(RawClient client, String path) throws IOException {
    RawClient.Response response = client.get(path);
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.body()).isEqualTo(Bodies.of(path, LENGTH));
  }

  private static void answer(FakeConnection connection) throws IOException {
    for (String head = connection.readHead(); !head.isEmpty(); head = connection.readHead()) {
      Bodies.respond(connection, 200, "", Bodies.of(Bodies.path(head), LENGTH));
    }
  }
}
