package org.cistern.camel.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.cistern.GatewayUnderTest;
import org.cistern.fake.FakeUpstream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which silence of a connection ends it. */
class IdleTest {

  private static final String OK =
      "HTTP/1.1 200 OK\r\nCache-Control: no-store\r\nContent-Length: 2\r\n\r\nok";

  /** Far longer than the idle time-out here. */
  private static final long LONG_MILLIS = 1500;

  @TempDir private Path folder;

  private GatewayUnderTest before(FakeUpstream origin) {
    return GatewayUnderTest.in(folder)
        .with("CACHE_L3_ENABLED", "false")
        .with("CISTERN_IDLE_TIMEOUT", "300ms")
        .upstream("http://localhost:" + origin.port())
        .start();
  }

  private static FakeUpstream slow() {
    return FakeUpstream.playing(
        connection -> {
          while (!connection.readHead().isEmpty()) {
            connection.rest(LONG_MILLIS);
            connection.write(OK);
          }
        });
  }

  @Test
  void aClientThatWaitsForASlowUpstreamIsNotIdle() {
    try (FakeUpstream origin = slow();
        GatewayUnderTest gateway = before(origin);
        RawClient client = new RawClient(gateway.port())) {
      for (int i = 0; i < 2; i++) {
        client.send("GET /x HTTP/1.1\r\nHost: a\r\n\r\n");
        assertThat(client.response()).startsWith("HTTP/1.1 200 ").endsWith("ok");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"102 Processing", "103 Early Hints"})
  void aClientThatGotAnInterimResponseStillWaits(String interim) {
    try (FakeUpstream origin =
            FakeUpstream.playing(
                connection -> {
                  while (!connection.readHead().isEmpty()) {
                    connection.write("HTTP/1.1 " + interim + "\r\n\r\n");
                    connection.rest(LONG_MILLIS);
                    connection.write(OK);
                  }
                });
        GatewayUnderTest gateway = before(origin);
        RawClient client = new RawClient(gateway.port())) {
      for (int i = 0; i < 2; i++) {
        client.send("GET /x HTTP/1.1\r\nHost: a\r\n\r\n");
        assertThat(client.head()).startsWith("HTTP/1.1 " + interim);
        assertThat(client.response()).startsWith("HTTP/1.1 200 ").endsWith("ok");
      }
    }
  }

  @Test
  void aClientThatWaitsForItsContinueBehindHintsIsNotIdle() {
    try (FakeUpstream origin =
            FakeUpstream.playing(
                connection -> {
                  connection.readHead();
                  connection.write("HTTP/1.1 103 Early Hints\r\n\r\n");
                  connection.rest(LONG_MILLIS);
                  connection.write("HTTP/1.1 100 Continue\r\n\r\n");
                  connection.read(2);
                  connection.write(OK);
                });
        GatewayUnderTest gateway = before(origin);
        RawClient client = new RawClient(gateway.port())) {
      client.send(
          "POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
      assertThat(client.head()).startsWith("HTTP/1.1 103 ");
      assertThat(client.head()).startsWith("HTTP/1.1 100 ");
      client.send("hi");
      assertThat(client.response()).startsWith("HTTP/1.1 200 ").endsWith("ok");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anHttp2ClientThatWaitsForASlowUpstreamIsNotIdle(boolean upgraded) {
    Vertx vertx = Vertx.vertx();
    try (FakeUpstream origin = slow();
        GatewayUnderTest gateway = before(origin)) {
      String body =
          vertx
              .createHttpClient(
                  new HttpClientOptions()
                      .setProtocolVersion(HttpVersion.HTTP_2)
                      .setHttp2ClearTextUpgrade(upgraded))
              .request(HttpMethod.GET, gateway.port(), "localhost", "/x")
              .compose(request -> request.send())
              .compose(HttpClientResponse::body)
              .toCompletionStage()
              .toCompletableFuture()
              .orTimeout(20, TimeUnit.SECONDS)
              .join()
              .toString();
      assertThat(body).isEqualTo("ok");
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  @Test
  void aConnectionWithoutACallIsClosedAlsoWhereTheLimitIsBelowASecond() {
    try (FakeUpstream origin = FakeUpstream.answering(OK);
        GatewayUnderTest gateway = before(origin);
        RawClient client = new RawClient(gateway.port())) {
      client.send("GET /x HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(client.rest()).startsWith("HTTP/1.1 200 ").endsWith("ok");
    }
  }

  @Test
  void aClientThatStopsInTheMiddleOfItsUploadIsClosed() {
    try (FakeUpstream origin = FakeUpstream.hung();
        GatewayUnderTest gateway = before(origin);
        RawClient client = new RawClient(gateway.port())) {
      client.send("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc");
      assertThat(client.rest()).doesNotContain("200");
      await().until(() -> origin.open() == 0);
    }
  }

  @Test
  void aClientThatStopsReadingIsClosed() {
    try (FakeUpstream origin =
            FakeUpstream.playing(
                connection -> {
                  connection.readHead();
                  connection.write(
                      "HTTP/1.1 200 OK\r\n"
                          + "Cache-Control: no-store\r\n"
                          + "Content-Length: 90000000\r\n\r\n");
                  for (int i = 0; i < 90; i++) {
                    connection.write(new byte[1_000_000]);
                  }
                });
        GatewayUnderTest gateway = before(origin);
        RawClient client = new RawClient(gateway.port())) {
      client.send("GET /x HTTP/1.1\r\nHost: a\r\n\r\n");
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> origin.accepted() == 1 && origin.open() == 0);
    }
  }
}
