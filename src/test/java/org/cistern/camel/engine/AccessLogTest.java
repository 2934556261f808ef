package org.cistern.camel.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.cistern.GatewayUnderTest;
import org.cistern.camel.settings.SettingsException;
import org.cistern.fake.FakeUpstream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The JSON access log as its readers see it. */
class AccessLogTest {

  @TempDir private Path folder;

  private static FakeUpstream origin() {
    return FakeUpstream.answering(
        "HTTP/1.1 200 OK\r\nCache-Control: max-age=60\r\nContent-Length: 2\r\n\r\nok");
  }

  private GatewayUnderTest logging(FakeUpstream origin, Path file) {
    return GatewayUnderTest.in(folder)
        .with("CACHE_L3_ENABLED", "false")
        .with("CISTERN_ACCESS_LOG", file.toString())
        .upstream("http://localhost:" + origin.port())
        .start();
  }

  private static List<JsonObject> lines(Path file) {
    try {
      return Files.exists(file)
          ? Files.readAllLines(file).stream().map(JsonObject::new).toList()
          : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> values(GatewayUnderTest gateway, String name) {
    return gateway.get("/x").headers().allValues(name);
  }

  @Test
  void anIdThatIsStoredWithAnAnswerIsTheOnlyOneThatAHitSays() {
    Path file = folder.resolve("logs/ids.log");
    try (FakeUpstream origin =
            FakeUpstream.answering(
                "HTTP/1.1 200 OK\r\nX-Request-Id: origins\r\nCache-Control: max-age=60\r\n"
                    + "Content-Length: 2\r\n\r\nok");
        GatewayUnderTest gateway = logging(origin, file)) {
      gateway.get("/x");
      await().until(() -> values(gateway, "cache-status").toString().contains("hit"));
      assertThat(values(gateway, "x-request-id")).containsExactly("origins");
    }
  }

  @Test
  void everyRequestIsOneLineThatSaysWhyItWasAnsweredSo() {
    Path file = folder.resolve("logs/access.log");
    try (FakeUpstream origin = origin();
        GatewayUnderTest gateway = logging(origin, file)) {
      gateway.get("/x?q=1", "User-Agent", "probe", "Authorization", "Bearer secret");
      gateway.get("/y", "Cookie", "a=secret");
      gateway.get("/y");
      await().until(() -> lines(file).size() == 3);
    }
    JsonObject miss = lines(file).get(0);
    assertThat(miss.getString("path")).isEqualTo("/x");
    assertThat(miss.getString("query")).isEqualTo("q=1");
    assertThat(miss.getString("user_agent")).isEqualTo("probe");
    assertThat(miss.getString("request_id")).hasSize(32);
    assertThat(miss.getInteger("status")).isEqualTo(200);
    assertThat(miss.getInteger("upstream_status")).isEqualTo(200);
    assertThat(miss.getInteger("bytes")).isEqualTo(2);
    assertThat(miss.getDouble("ms")).isPositive();
    JsonObject hit = lines(file).get(2);
    assertThat(hit.getString("tier")).isEqualTo("l1");
    assertThat(hit.getString("reason")).isEqualTo("fresh");
    assertThat(hit.containsKey("upstream_status")).isFalse();
    assertThat(lines(file))
        .extracting(line -> line.getString("not_stored"))
        .containsExactly("authorization", null, null);
    assertThat(lines(file).toString()).doesNotContain("secret");
  }

  @Test
  void whyAnAnswerWasNotStoredIsToldWhereTheHeaderDoesNot() {
    Path file = folder.resolve("access.log");
    try (FakeUpstream origin = settingCookies();
        GatewayUnderTest gateway =
            GatewayUnderTest.in(folder)
                .with("CACHE_L3_ENABLED", "false")
                .with("CISTERN_ACCESS_LOG", file.toString())
                .with("CISTERN_CACHE_STATUS", "off")
                .rules("rules: [{id: a, path_pattern: /a, cache_ttl: 1m}]")
                .upstream("http://localhost:" + origin.port())
                .start()) {
      assertThat(gateway.get("/a").headers().map()).doesNotContainKey("cache-status");
      await().until(() -> lines(file).size() == 1);
      assertThat(gateway.metrics())
          .contains("cistern_unstored_total{reason=\"set-cookie\",rule=\"a\"} 1.0");
    }
    assertThat(lines(file).get(0).getString("not_stored")).isEqualTo("set-cookie");
  }

  private static FakeUpstream settingCookies() {
    return FakeUpstream.answering(
        "HTTP/1.1 200 OK\r\nCache-Control: max-age=60\r\nSet-Cookie: a=1\r\n"
            + "Content-Length: 2\r\n\r\nok");
  }

  @Test
  void whatNamesAUserInTheQueryIsNotShownHoweverItIsWritten() {
    Path file = folder.resolve("access.log");
    try (FakeUpstream origin = origin();
        GatewayUnderTest gateway =
            GatewayUnderTest.in(folder)
                .with("CACHE_L3_ENABLED", "false")
                .with("CISTERN_ACCESS_LOG", file.toString())
                .rules(
                    "rules: [{id: a, path_pattern: /a, user_specific: true, cache_ttl: 1m,"
                        + " identity: ['param:key']}]")
                .upstream("http://localhost:" + origin.port())
                .start()) {
      gateway.get("/a?x=1&key=s3cret&y");
      gateway.get("/b?%6Bey=s3cret&x=1;key=s3cret");
      RawClient.exchange(gateway.port(), "GET /../c?key=s3cret HTTP/1.1\r\nHost: a\r\n\r\n");
      await().until(() -> lines(file).size() == 3);
    }
    assertThat(lines(file))
        .extracting(line -> line.getString("query"))
        .containsExactlyInAnyOrder("x=1&key=***&y", "%6Bey=***&x=***", "key=***");
  }

  @Test
  void hostileTextStaysInsideItsLineAndItsQuotes() {
    Path file = folder.resolve("access.log");
    String agent = "a\",\"status\":999,\"x\":\"\\\u0085\t\u00ff";
    try (FakeUpstream origin = origin();
        GatewayUnderTest gateway = logging(origin, file)) {
      RawClient.exchange(
          gateway.port(),
          "GET / HTTP/1.1\r\nHost: a\r\nUser-Agent: " + agent + "\r\nConnection: close\r\n\r\n");
      await().until(() -> lines(file).size() == 1);
    }
    assertThat(lines(file).get(0).getInteger("status")).isEqualTo(200);
    assertThat(lines(file).get(0).getString("user_agent")).isEqualTo(agent);
  }

  @Test
  void whatIsRefusedAtTheDoorHasALineToo() {
    Path file = folder.resolve("access.log");
    try (FakeUpstream origin = origin();
        GatewayUnderTest gateway = logging(origin, file)) {
      RawClient.exchange(gateway.port(), "GET /a/../b HTTP/1.1\r\nHost: a\r\n\r\n");
      RawClient.exchange(gateway.port(), "NONSENSE\r\n\r\n");
      await().until(() -> lines(file).size() == 2);
      assertThat(gateway.metrics()).contains("reason=\"refused\"");
    }
    assertThat(lines(file))
        .allSatisfy(line -> assertThat(line.getInteger("status")).isEqualTo(400));
    assertThat(lines(file).get(0).getString("path")).isEqualTo("/a/../b");
    assertThat(lines(file).get(0).getString("reason")).isEqualTo("refused");
  }

  @Test
  void aFileThatWasMovedAwayIsMadeAnew() throws IOException {
    Path file = folder.resolve("access.log");
    Path moved = folder.resolve("access.log.1");
    try (FakeUpstream origin = origin();
        GatewayUnderTest gateway = logging(origin, file)) {
      gateway.get("/1");
      await().until(() -> lines(file).size() == 1);
      Files.move(file, moved);
      gateway.get("/2");
      await().until(() -> lines(file).size() == 1);
    }
    assertThat(lines(moved).get(0).getString("path")).isEqualTo("/1");
    assertThat(lines(file).get(0).getString("path")).isEqualTo("/2");
  }

  @Test
  void aLogThatCanNoLongerBeWrittenStopsNobody() throws IOException {
    Path file = folder.resolve("access.log");
    try (FakeUpstream origin = origin();
        GatewayUnderTest gateway = logging(origin, file)) {
      Files.delete(file);
      Files.createDirectory(file);
      assertThat(gateway.get("/x").body()).isEqualTo("ok");
    }
  }

  @Test
  void aLogThatCannotBeWrittenAtTheStartStopsIt() {
    try (FakeUpstream origin = origin()) {
      assertThatThrownBy(() -> logging(origin, folder).close())
          .isInstanceOf(SettingsException.class)
          .hasMessage(
              "cistern.access-log is '%s'; allowed is off, stdout, or a file that can be written",
              folder);
    }
  }
}
