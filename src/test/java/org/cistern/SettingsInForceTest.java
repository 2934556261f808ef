package org.cistern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.cistern.fields.Api;
import org.cistern.fields.Door;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One gateway with settings that are not the defaults, as clients and upstreams see it. */
class SettingsInForceTest {

  private static final String RULES =
      """
      rules:
      - {id: deaf, path_pattern: /deaf, upstream: deaf}
      - {id: rest, path_pattern: /**, cache_ttl: 1m, cookies: {ignore: all}}
      """;

  private static final List<SocketChannel> QUEUE = new ArrayList<>();
  private static ServerSocket deaf;
  private static Door door;

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    deaf = deaf();
    door =
        new Door(
            folder,
            RULES,
            "CACHE_L3_ENABLED",
            "false",
            "CACHE_COMPRESSION_ENABLED",
            "false",
            "CISTERN_VIA",
            "false",
            "CISTERN_CACHE_STATUS",
            "short",
            "CISTERN_MAX_URL_BYTES",
            "256",
            "CISTERN_MAX_HEADER_BYTES",
            "1KB",
            "CISTERN_UPSTREAM_HOST",
            "client",
            "CISTERN_UPSTREAM_HEALTH_PATH",
            "/alive",
            "CISTERN_UPSTREAM_HEALTH_INTERVAL",
            "100ms",
            "CISTERN_UPSTREAM_CONNECT_TIMEOUT",
            "100ms",
            "CISTERN_UPSTREAM_DEAF_URL",
            "http://127.0.0.1:" + deaf.getLocalPort());
  }

  /** An upstream whose queue of connections is full: further ones are not even refused. */
  private static ServerSocket deaf() throws IOException {
    ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    for (int i = 0; i < 8; i++) {
      SocketChannel waiting = SocketChannel.open();
      waiting.configureBlocking(false);
      waiting.connect(new InetSocketAddress(server.getInetAddress(), server.getLocalPort()));
      QUEUE.add(waiting);
    }
    return server;
  }

  @AfterAll
  static void stop() throws IOException {
    door.close();
    for (SocketChannel waiting : QUEUE) {
      waiting.close();
    }
    deaf.close();
  }

  private static HttpServerRequest asked(String path) {
    return door.api().seen().stream()
        .filter(request -> path.equals(request.path()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theUpstreamGetsTheClientsHostAndNobodyAVia() {
    HttpResponse<String> response = door.get("/host");

    assertThat(asked("/host").getHeader("Host")).isEqualTo("localhost:" + door.gateway().port());
    assertThat(asked("/host").getHeader("Via")).isNull();
    assertThat(response.headers().firstValue("Via")).isEmpty();
    assertThat(door.get("/host").headers().firstValue("Via")).isEmpty();
  }

  @Test
  void cacheStatusIsShort() {
    assertThat(door.status("/short")).isEqualTo("cistern; fwd=uri-miss");
    assertThat(door.status("/short")).isEqualTo("cistern; hit");
  }

  @Test
  void nothingIsCodedAndTheUpstreamLearnsWhatTheClientTakes() {
    door.api()
        .on(
            "/text",
            (request, number) ->
                Api.say(request, 200, "text ".repeat(400), "Content-Type", "text/plain"));
    door.get("/text", "Accept-Encoding", "gzip");
    HttpResponse<String> hit = door.get("/text", "Accept-Encoding", "gzip");

    assertThat(GatewayUnderTest.status(hit)).contains("hit");
    assertThat(hit.headers().firstValue("Content-Encoding")).isEmpty();
    assertThat(asked("/text").getHeader("Accept-Encoding")).isEqualTo("gzip");
  }

  @Test
  void longerHeadsAreRefused() {
    assertThat(door.raw("GET /" + "x".repeat(300) + " HTTP/1.1\r\nHost: a\r\n")).contains(" 414 ");
    assertThat(door.raw("GET /x HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(2000) + "\r\n"))
        .contains(" 431 ");
  }

  @Test
  void theUpstreamIsAskedForItsHealth() {
    await().atMost(Duration.ofSeconds(4)).until(() -> door.api().count("/alive") >= 3);
  }

  /** Three attempts of the default would take six seconds. */
  @Test
  void anUpstreamThatTakesNoConnectionIsGivenUpSoon() {
    CompletableFuture<Integer> status =
        CompletableFuture.supplyAsync(() -> door.get("/deaf").statusCode());

    await().atMost(Duration.ofMillis(5500)).until(status::isDone);
    assertThat(status.join()).isIn(502, 504);
  }
}
