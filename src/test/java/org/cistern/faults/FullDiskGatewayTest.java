package org.cistern.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.awaitility.Awaitility;
import org.cistern.fake.FakeConnection;
import org.cistern.fake.FakeUpstream;
import org.cistern.fake.FreePort;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The whole gateway on a disk without room, and with room again. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "room is taken and given by tools of Linux")
class FullDiskGatewayTest {

  private static final int LENGTH = 30_000;

  @ParameterizedTest
  @EnumSource
  void aFullDiskCostsNoAnswerAndIsUsedAgainOnceThereIsRoom(SmallDisk disk, @TempDir Path folder)
      throws Exception {
    Path storage = Files.createDirectories(folder.resolve("storage"));
    String impossible = disk.impossible(storage);
    assumeThat(impossible).as("%s", impossible).isEmpty();
    try (FakeUpstream origin = FakeUpstream.playing(FullDiskGatewayTest::answer);
        GatewayProcess gateway = gateway(disk, folder, storage, origin);
        RawClient client = new RawClient(gateway.port())) {
      int asked = 0;
      while (asked < 200 || (failed(gateway) == 0 && asked < 5000)) {
        assertRight(client, "/full/" + asked++);
      }
      assertThat(failed(gateway)).isPositive();
      assertThat(gateway.output()).containsOnlyOnce("answers are kept in memory alone until");
      for (int i = 0; i < asked; i++) {
        assertRight(client, "/full/" + i);
      }
      long before = committed(gateway);
      disk.makeRoom(gateway, storage);
      int[] next = {asked};
      Awaitility.await()
          .until(
              () -> {
                assertRight(client, "/again/" + next[0]++);
                return committed(gateway) > before;
              });
      Figures.report(
          "disk full, %s: %d requests, every answer right, %d writes failed; %d committed before"
              + " there was room, %d after",
          disk, 2 * asked, failed(gateway), before, committed(gateway));
    }
  }

  private static GatewayProcess gateway(
      SmallDisk disk, Path folder, Path storage, FakeUpstream origin) {
    Map<String, String> environment =
        Map.of(
            "CISTERN_UPSTREAM_URL",
            "http://127.0.0.1:" + origin.port(),
            "CACHE_L1_MAX_SIZE",
            "10",
            "CACHE_L3_STORAGE_PATH",
            storage.toString(),
            "CISTERN_RULES_FILE",
            Rules.file(folder, Rules.everything("cache_ttl: 1h")));
    return GatewayProcess.launch(
            folder, FreePort.pick(), disk.before(storage), GatewayProcess.SHORT_LIVED, environment)
        .awaitUp();
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
