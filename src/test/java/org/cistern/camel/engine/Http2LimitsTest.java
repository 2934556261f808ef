package org.cistern.camel.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.cistern.GatewayUnderTest;
import org.cistern.fake.FakeUpstream;
import org.cistern.faults.Figures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one HTTP/2 connection may ask of the gateway, at the socket. */
class Http2LimitsTest {

  private static final int REFUSED_STREAM = 7;

  private static final String KEPT =
      "HTTP/1.1 200 OK\r\nCache-Control: max-age=60\r\nContent-Length: 2\r\n\r\nok";

  @TempDir private Path folder;

  private final AtomicInteger asked = new AtomicInteger();
  private final CountDownLatch leave = new CountDownLatch(1);

  private FakeUpstream waiting() {
    return FakeUpstream.playing(
        connection -> {
          String head;
          while (!(head = connection.readHead()).isEmpty()) {
            // What is no request line is the end of a body without a length.
            if (head.contains(" / ") || head.contains(" /x ")) {
              asked.incrementAndGet();
              hold();
              connection.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            }
          }
        });
  }

  private void hold() {
    try {
      leave.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private GatewayUnderTest before(FakeUpstream origin) {
    return GatewayUnderTest.in(folder)
        .with("CACHE_L3_ENABLED", "false")
        .with("CISTERN_HTTP2_MAX_STREAMS", "2")
        .upstream("http://localhost:" + origin.port())
        .start();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD"})
  void aRequestWhoseBodyIsNothingButItsEndIsAnsweredFromTheStore(String method) {
    try (FakeUpstream origin = FakeUpstream.answering(KEPT);
        GatewayUnderTest gateway = before(origin);
        RawHttp2 client = new RawHttp2(gateway.port())) {
      gateway.get("/kept");
      client.askWithEmptyBody(
          1,
          ":method",
          method,
          ":scheme",
          "http",
          ":path",
          "/kept",
          ":authority",
          "localhost:" + gateway.port());

      assertThat(client.await(RawHttp2.HEADERS, RawHttp2.RST_STREAM).type())
          .isEqualTo(RawHttp2.HEADERS);
      await().until(() -> hits(gateway) == 1);
    }
  }

  private static long hits(GatewayUnderTest gateway) {
    return Figures.metric(gateway.metrics(), "cistern_requests_total", "outcome=\"hit\"");
  }

  @Test
  void aGetWithABodyPassesAndSaysWhy() {
    try (FakeUpstream origin = FakeUpstream.answering(KEPT);
        GatewayUnderTest gateway = before(origin)) {
      HttpResponse<String> passed = gateway.send("GET", "/kept", "a body");

      assertThat(GatewayUnderTest.status(passed)).contains("fwd=bypass", "reason=request-body");
    }
  }

  @Test
  void oneStreamTooManyIsRefusedAndTheOthersGoOn() {
    try (FakeUpstream origin = waiting();
        GatewayUnderTest gateway = before(origin);
        RawHttp2 client = new RawHttp2(gateway.port())) {
      client.await(RawHttp2.SETTINGS);
      client.post(1);
      client.post(3);
      await().until(() -> asked.get() == 2);
      client.post(5);

      RawHttp2.Frame refused = client.await(RawHttp2.RST_STREAM);
      assertThat(refused.stream()).isEqualTo(5);
      assertThat(refused.error()).isEqualTo(REFUSED_STREAM);
      leave.countDown();
      assertThat(client.await(RawHttp2.HEADERS).stream()).isIn(1, 3);
      assertThat(asked).hasValue(2);
    }
  }

  @Test
  void aHeadThatIsTooLargeReachesNobody() {
    try (FakeUpstream origin = waiting();
        GatewayUnderTest gateway = before(origin);
        RawHttp2 client = new RawHttp2(gateway.port())) {
      client.await(RawHttp2.SETTINGS);
      asFarAsItGoes(() -> client.postWithField(1, 80_000));

      assertThat(client.await(RawHttp2.GOAWAY, RawHttp2.RST_STREAM, RawHttp2.HEADERS).type())
          .isIn(RawHttp2.GOAWAY, RawHttp2.RST_STREAM, RawHttp2.HEADERS, RawHttp2.CLOSED);
      leave.countDown();
      assertThat(gateway.get("/x").statusCode()).isEqualTo(200);
    }
    assertThat(asked).hasValue(1);
  }

  @Test
  void aFloodOfResetsEndsTheConnectionAndNoOther() {
    try (FakeUpstream origin = waiting();
        GatewayUnderTest gateway = before(origin);
        RawHttp2 client = new RawHttp2(gateway.port())) {
      client.await(RawHttp2.SETTINGS);
      asFarAsItGoes(() -> flood(client));

      assertThat(client.await(RawHttp2.GOAWAY).type()).isIn(RawHttp2.GOAWAY, RawHttp2.CLOSED);
      leave.countDown();
      assertThat(gateway.get("/x").statusCode()).isEqualTo(200);
    }
  }

  private static void flood(RawHttp2 client) {
    for (int stream = 1; stream < 1000; stream += 2) {
      client.post(stream);
      client.reset(stream);
    }
  }

  private static void asFarAsItGoes(Runnable sending) {
    try {
      sending.run();
    } catch (UncheckedIOException closed) {
      // What this is about: the gateway has had enough before all was sent.
    }
  }

  @Test
  void aGatewayThatGoesDownSaysGoawayAndFinishesItsStreams() {
    try (FakeUpstream origin = waiting();
        GatewayUnderTest gateway = before(origin);
        RawHttp2 client = new RawHttp2(gateway.port())) {
      client.await(RawHttp2.SETTINGS);
      client.post(1);
      await().until(() -> asked.get() == 1);
      CompletableFuture<Void> down = CompletableFuture.runAsync(gateway::close);

      assertThat(client.await(RawHttp2.GOAWAY).error()).isZero();
      leave.countDown();
      assertThat(client.await(RawHttp2.HEADERS).stream()).isEqualTo(1);
      down.join();
    }
  }
}
