package org.cistern.camel.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.cistern.GatewayUnderTest;
import org.cistern.fake.FakeUpstream;
import org.cistern.fake.FreePort;
import org.cistern.faults.Figures;
import org.cistern.fields.Api;
import org.cistern.fields.Door;
import org.cistern.routes.Log;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the management port says of a gateway that runs. */
class ManagementTest {

  private static final String RULES =
      """
      rules:
        - {id: long, path_pattern: /long, cache_ttl: 1h}
        - {id: short, path_pattern: /short, cache_ttl: 1s, stale_if_error: 1h}
        - {id: all, path_pattern: /**}
      """;

  @TempDir private Path folder;

  @Test
  void aGatewayThatIsWellIsUpInEveryPart() {
    try (GatewayUnderTest gateway = GatewayUnderTest.in(folder).start()) {
      gateway.get("/api/v1/models");
      await().until(() -> gateway.observe("/health").statusCode() == 200);

      assertThat(gateway.observe("/health").body())
          .contains("\"status\":\"UP\"", "upstream-primary", "disk", "rules")
          .doesNotContain("DOWN");
      assertThat(gateway.observe("/health/live").statusCode()).isEqualTo(200);
      assertThat(gateway.observe("/health/ready").statusCode()).isEqualTo(200);
      assertThat(gateway.observe("/metrics").headers().firstValue("content-type"))
          .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain"));
      assertThat(gateway.observe("/nothing").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void anUpstreamThatIsAwayIsSaidAndKeepsNobodyFromAskingForWhatIsKept() {
    String nowhere = "http://127.0.0.1:" + FreePort.pick();
    try (GatewayUnderTest gateway = GatewayUnderTest.in(folder).upstream(nowhere).start()) {
      await()
          .until(
              () -> {
                gateway.get("/a");
                return gateway.observe("/health").statusCode() == 503;
              });

      assertThat(gateway.observe("/health").body()).contains("upstream-primary", "DOWN");
      assertThat(gateway.observe("/health/ready").statusCode()).isEqualTo(200);
      assertThat(gateway.observe("/health/live").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void anInstanceThatGoesOutAndComesBackIsNamedInLogHealthAndMetrics() throws Exception {
    int port = FreePort.pick();
    String away = "http://127.0.0.1:" + port;
    try (Log log = new Log();
        FakeUpstream well = FakeUpstream.answering(OK);
        GatewayUnderTest gateway = ofTwo("http://127.0.0.1:" + well.port(), away)) {
      await().until(() -> gateway.observe("/health").body().contains("out: " + away));

      assertThat(gateway.observe("/health").statusCode()).isEqualTo(200);
      assertThat(gateway.metrics()).contains(changes(away, "down")).doesNotContain("5xx");
      assertThat(log.text()).containsOnlyOnce("upstream primary: " + away + " is out");

      try (FakeUpstream again = answeringAt(port)) {
        await().until(() -> log.text().contains("upstream primary: " + away + " is back"));
        assertThat(gateway.observe("/health").body()).doesNotContain(away);
      }
      assertThat(log.text()).doesNotContain("primary: http://127.0.0.1:" + well.port());
    }
  }

  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private GatewayUnderTest ofTwo(String one, String other) {
    return GatewayUnderTest.in(folder)
        .with("CISTERN_UPSTREAM_HEALTH_PATH", "/")
        .with("CISTERN_UPSTREAM_HEALTH_INTERVAL", "100ms")
        .upstream(one + "," + other)
        .start();
  }

  private static FakeUpstream answeringAt(int port) throws IOException {
    return FakeUpstream.playing(
        new ServerSocket(port, 50, InetAddress.getLoopbackAddress()),
        connection -> {
          while (!connection.readHead().isEmpty()) {
            connection.write(OK);
          }
        });
  }

  private static String changes(String instance, String state) {
    return "cistern_upstream_health_changes_total"
        + "{instance=\"%s\",state=\"%s\",upstream=\"primary\"} 1.0".formatted(instance, state);
  }

  @Test
  void aDiskThatCannotBeUsedIsSaid() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "not a folder");
    try (GatewayUnderTest gateway =
        GatewayUnderTest.in(folder)
            .with("CACHE_L3_STORAGE_PATH", file.resolve("storage").toString())
            .start()) {
      HttpResponse<String> health = gateway.observe("/health");

      assertThat(health.statusCode()).isEqualTo(503);
      assertThat(health.body()).contains("{\"name\":\"disk\",\"status\":\"DOWN\"");
      assertThat(gateway.observe("/health/ready").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void missesByReasonAreTheMissesAndEveryRequestIsCountedOnce() {
    try (Door door = new Door(folder, RULES)) {
      Stream.of("/long", "/long", "/long", "/other", "/other").forEach(door::get);
      door.get("/short");
      door.pass(Duration.ofSeconds(10));
      door.get("/short");
      door.send("POST", "/other");
      door.api().on("/short", Api.saying(503));
      door.pass(Duration.ofSeconds(10));
      door.get("/short");
      door.get("/nowhere", "Cache-Control", "only-if-cached");
      String scrape = door.gateway().metrics();

      assertThat(requests(scrape, "outcome=\"hit\"", "tier=\"l1\"", "rule=\"long\"")).isEqualTo(2);
      assertThat(requests(scrape, "outcome=\"miss\"")).isEqualTo(6);
      assertThat(requests(scrape, "outcome=\"stale\"", "reason=\"stale-if-error\"")).isEqualTo(1);
      assertThat(requests(scrape, "outcome=\"failed\"", "reason=\"only-if-cached\"")).isEqualTo(1);
      assertThat(requests(scrape)).isEqualTo(10);
      assertThat(Figures.metric(scrape, "cistern_request_duration_seconds_count", "miss"))
          .isEqualTo(requests(scrape, "outcome=\"miss\""));
      assertThat(Figures.metric(scrape, "cistern_rule_duration_seconds_count", "rule=\"short\""))
          .isEqualTo(3);
    }
  }

  private static long requests(String scrape, String... labels) {
    return Figures.metric(scrape, "cistern_requests_total", labels);
  }

  @Test
  void whatIsOpenIsShown() {
    try (GatewayUnderTest gateway = GatewayUnderTest.in(folder).start()) {
      gateway.get("/api/v1/models");

      assertThat(gateway.metrics())
          .contains(
              "\ncistern_connections ",
              "cistern_connections_refused_total 0.0",
              "cistern_requests_active 0.0",
              "cistern_purge_targets 0.0",
              "\njvm_memory_used_bytes{area=\"heap\"",
              "\njvm_threads_live_threads ",
              "\nprocess_cpu_usage ",
              "\nprocess_files_open_files ",
              "cistern_upstream_requests_total{result=\"2xx\",upstream=\"primary\"} 1.0");
    }
  }

  @Test
  void aFrontWhoseEventLoopsAreAllHeldKeepsNobodyFromItsHealth() throws Exception {
    Path routes = Files.createDirectories(folder.resolve("routes"));
    for (String name : List.of("upstream", "errors", "demonstration")) {
      Files.copy(Path.of("routes", name + ".camel.yaml"), routes.resolve(name + ".camel.yaml"));
    }
    String api = Files.readString(Path.of("routes/api.camel.yaml"));
    Files.writeString(
        routes.resolve("api.camel.yaml"),
        api.replaceFirst(
            "(?m)^( +)steps:\\n",
            "$1steps:\n"
                + "$1  - setHeader: {id: hold, name: X-Held, "
                + "expression: {simple: {expression: \"\\${ref:holder}!\"}}}\n"));
    Files.writeString(
        routes.resolve("beans.camel.yaml"),
        "- beans:\n    - {name: holder, type: '%s'}\n".formatted(Holder.class.getName()));
    try (GatewayUnderTest gateway = GatewayUnderTest.in(folder).routes(routes).start()) {
      for (int i = 0; i < 4 * Holder.LOOPS; i++) {
        HttpRequest request =
            HttpRequest.newBuilder(gateway.uri("/a")).version(HttpClient.Version.HTTP_1_1).build();
        HttpClient.newHttpClient().sendAsync(request, HttpResponse.BodyHandlers.ofString());
      }
      assertThat(Holder.HELD.await(30, TimeUnit.SECONDS)).isTrue();

      assertThat(gateway.observe("/health/live").statusCode()).isEqualTo(200);
      assertThat(gateway.observe("/metrics").body()).contains("cistern_requests_active");
      Holder.FREE.countDown();
    } finally {
      Holder.FREE.countDown();
    }
  }

  /** Holds whatever thread wants its text. */
  public static final class Holder {
    static final int LOOPS = Runtime.getRuntime().availableProcessors();
    static final CountDownLatch HELD = new CountDownLatch(LOOPS);
    static final CountDownLatch FREE = new CountDownLatch(1);

    @Override
    public String toString() {
      HELD.countDown();
      try {
        return String.valueOf(FREE.await(60, TimeUnit.SECONDS));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return "interrupted";
      }
    }
  }
}
