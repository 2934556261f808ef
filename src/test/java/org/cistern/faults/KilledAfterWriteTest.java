package org.cistern.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.cistern.fake.FakeConnection;
import org.cistern.fake.FakeUpstream;
import org.cistern.fake.FreePort;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The whole gateway under {@code kill -9} right after it has said yes to a write. */
class KilledAfterWriteTest {

  private static final int PATHS = 50;

  private final AtomicInteger version = new AtomicInteger(1);
  @TempDir Path folder;

  static IntStream rounds() {
    return IntStream.range(0, Figures.pick(20, 1));
  }

  @ParameterizedTest
  @MethodSource("rounds")
  void whatAClientHasChangedDoesNotComeBackFromDisk(int round) throws Exception {
    int port = FreePort.pick();
    try (FakeUpstream origin = FakeUpstream.playing(this::answer)) {
      Map<String, String> environment =
          Map.of(
              "CISTERN_UPSTREAM_URL", "http://127.0.0.1:" + origin.port(),
              "CISTERN_RULES_FILE",
                  Rules.file(folder, Rules.everything("cache_ttl: 1h", "write_policy: through")),
              "CACHE_L3_STORAGE_PATH", folder.resolve("storage").toString());
      int written = writeAndKill(environment, port);
      try (GatewayProcess again = start(environment, port);
          RawClient client = new RawClient(port)) {
        assertThat(again.isAlive()).isTrue();
        assertThat(client.get("/" + (written - 1)).text()).isEqualTo("version 2");
        assertThat(client.get("/" + written).header("cache-status")).contains("l3");
      }
    }
  }

  /** Returns the number of the path that was not written to any more. */
  private int writeAndKill(Map<String, String> environment, int port) throws Exception {
    try (GatewayProcess gateway = start(environment, port);
        RawClient client = new RawClient(port)) {
      for (int path = 0; path < PATHS; path++) {
        assertThat(client.get("/" + path).text()).isEqualTo("version 1");
      }
      for (int path = 0; path < PATHS - 1; path++) {
        assertThat(client.ask("PUT", "/" + path, "Content-Length: 0\r\n").status()).isEqualTo(204);
      }
      gateway.kill();
      return PATHS - 1;
    }
  }

  private GatewayProcess start(Map<String, String> environment, int port) {
    return GatewayProcess.quick(folder, port, environment).awaitUp();
  }

  private void answer(FakeConnection connection) throws IOException {
    for (String head = connection.readHead(); !head.isEmpty(); head = connection.readHead()) {
      if (Bodies.method(head).equals("PUT")) {
        version.set(2);
        connection.write("HTTP/1.1 204 No Content\r\n\r\n");
      } else {
        byte[] body = ("version " + version.get()).getBytes(StandardCharsets.US_ASCII);
        Bodies.respond(connection, 200, "", body);
      }
    }
  }
}
