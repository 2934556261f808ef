package org.cistern.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.cistern.fake.FakeUpstream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a gateway that is told to end (SIGTERM) still does. */
class SignalTest {

  @Test
  void answersThatOnlyMemoryHadAreOnDiskAfterwards(@TempDir Path folder) throws Exception {
    Path rules = folder.resolve("rules.yaml");
    Files.writeString(
        rules, "rules:\n- {id: all, path_pattern: /**, cache_ttl: 600, write_policy: back}\n");
    AtomicInteger asked = new AtomicInteger();
    try (FakeUpstream origin =
        FakeUpstream.playing(
            connection -> {
              while (!connection.readHead().isEmpty()) {
                asked.incrementAndGet();
                connection.write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nkept");
              }
            })) {
      Map<String, String> environment =
          Map.of(
              "CISTERN_UPSTREAM_URL",
              "http://localhost:" + origin.port(),
              "CISTERN_RULES_FILE",
              rules.toString(),
              "CACHE_L3_STORAGE_PATH",
              folder.resolve("storage").toString());
      try (GatewayProcess first = GatewayProcess.up(folder, environment)) {
        assertThat(get(first)).contains("uri-miss");
        ProcessHandle.of(first.pid()).orElseThrow().destroy();
        assertThat(first.exitCode()).isIn(0, 143);
      }
      try (GatewayProcess second = GatewayProcess.up(folder, environment)) {
        assertThat(get(second)).contains("hit", "l3 ", "kept");
      }
    }
    assertThat(asked).hasValue(1);
  }

  private static String get(GatewayProcess gateway) throws Exception {
    try (java.net.Socket socket =
        new java.net.Socket(java.net.InetAddress.getLoopbackAddress(), gateway.port())) {
      socket.setSoTimeout(20_000);
      String request = "GET /a HTTP/1.1\r\nHost: one.test\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      return new String(
          socket.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII);
    }
  }
}
