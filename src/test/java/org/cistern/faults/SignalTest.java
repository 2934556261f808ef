package org.cistern.faults;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.cistern.fake.FakeConnection;
import org.cistern.fake.FakeUpstream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a gateway that is told to end (SIGTERM) still does. */
class SignalTest {

  private static final String RULES =
      "rules:\n- {id: all, path_pattern: /**, cache_ttl: 600, write_policy: back}\n";

  @TempDir Path folder;
  private final AtomicInteger asked = new AtomicInteger();

  @Test
  void answersThatOnlyMemoryHadAreOnDiskAfterwards() throws Exception {
    try (FakeUpstream origin = FakeUpstream.playing(this::play)) {
      Map<String, String> environment = environment(origin);
      try (GatewayProcess first = GatewayProcess.up(folder, environment)) {
        assertThat(get(first, "/a")).contains("uri-miss");
        terminate(first);
        assertThat(first.exitCode()).isIn(0, 143);
      }
      assertKept(environment, "/a");
    }
    assertThat(asked).hasValue(1);
  }

  /** Docker kills ten seconds after the signal, and a drain may take longer. */
  @Test
  void answersThatOnlyMemoryHadAreOnDiskBeforeAHangingRequestIsWaitedFor() throws Exception {
    try (FakeUpstream origin = FakeUpstream.playing(this::play)) {
      Map<String, String> environment = environment(origin);
      try (GatewayProcess first = GatewayProcess.up(folder, environment)) {
        assertThat(get(first, "/a")).contains("uri-miss");
        CompletableFuture<String> hanging = later(first, "/hang");
        await().until(() -> asked.get() == 2);
        terminate(first);
        await().until(() -> first.metrics().contains("cistern_tier_entries{tier=\"l3\"} 1.0"));
        assertThat(hanging).isNotDone();
        first.kill();
      }
      assertKept(environment, "/a");
    }
    assertThat(asked).hasValue(2);
  }

  @Test
  void whatIsCutOffAtTheEndIsSaid() throws Exception {
    try (FakeUpstream origin = FakeUpstream.playing(this::play)) {
      Map<String, String> environment = new HashMap<>(environment(origin));
      environment.put("CISTERN_DRAIN_TIMEOUT", "100ms");
      try (GatewayProcess gateway = GatewayProcess.up(folder, environment)) {
        CompletableFuture<String> hanging = later(gateway, "/hang");
        await().until(() -> asked.get() == 1);
        terminate(gateway);
        assertThat(gateway.exitCode()).isIn(0, 143);
        assertThat(hanging.join()).contains("503", "Going down");
        assertThat(gateway.output())
            .contains("requests cut off after 100 ms (cistern.drain-timeout): 1")
            .doesNotContain("\tat ");
      }
    }
  }

  @Test
  void whatAClientSentIsNotSaidWhereItsRequestIsCutOff() throws Exception {
    Path routes = Files.createDirectories(folder.resolve("routes"));
    Files.writeString(
        routes.resolve("slow.camel.yaml"),
        """
        - route:
            id: slow
            from:
              uri: platform-http:/slow
              steps:
                - delay: {expression: {constant: {expression: 600000}}}
        """);
    try (GatewayProcess gateway =
        GatewayProcess.up(folder, Map.of("CISTERN_DRAIN_TIMEOUT", "100ms"))) {
      CompletableFuture<String> slow = later(gateway, "/slow?token=SECRET1", "Cookie: a=SECRET2");
      await().until(() -> gateway.metrics().contains("cistern_requests_active 1.0"));
      terminate(gateway);
      assertThat(gateway.exitCode()).isIn(0, 143);
      assertThat(slow.join()).contains("503");
      assertThat(gateway.output()).contains("requests cut off").doesNotContain("SECRET");
    }
  }

  private void play(FakeConnection connection) throws IOException {
    for (String head = connection.readHead(); !head.isEmpty(); head = connection.readHead()) {
      asked.incrementAndGet();
      if (head.startsWith("GET /hang ")) {
        connection.awaitClose();
      }
      connection.write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nkept");
    }
  }

  private Map<String, String> environment(FakeUpstream origin) throws IOException {
    Path rules = Files.writeString(folder.resolve("rules.yaml"), RULES);
    return Map.of(
        "CISTERN_UPSTREAM_URL",
        "http://localhost:" + origin.port(),
        "CISTERN_RULES_FILE",
        rules.toString(),
        "CACHE_L3_STORAGE_PATH",
        folder.resolve("storage").toString());
  }

  private void assertKept(Map<String, String> environment, String path) throws IOException {
    try (GatewayProcess second = GatewayProcess.up(folder, environment)) {
      assertThat(get(second, path)).contains("hit", "l3 ", "kept");
    }
  }

  private static void terminate(GatewayProcess gateway) {
    ProcessHandle.of(gateway.pid()).orElseThrow().destroy();
  }

  private static CompletableFuture<String> later(
      GatewayProcess gateway, String path, String... lines) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return get(gateway, path, lines);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private static String get(GatewayProcess gateway, String path, String... lines)
      throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
      socket.setSoTimeout(20_000);
      String head = "GET " + path + " HTTP/1.1\r\nHost: one.test\r\nConnection: close\r\n";
      String request =
          head + String.join("\r\n", lines) + (lines.length == 0 ? "\r\n" : "\r\n\r\n");
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), US_ASCII);
    }
  }
}
