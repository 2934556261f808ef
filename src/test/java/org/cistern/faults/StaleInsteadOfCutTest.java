package org.cistern.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.cistern.GatewayUnderTest;
import org.cistern.fake.FakeConnection;
import org.cistern.fake.FakeUpstream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An upstream whose new answer breaks off inside the body: as long as nothing of it has gone to the
 * client, the stale one stands in. The head and what is wrong with the body come in one write.
 */
@Timeout(60)
class StaleInsteadOfCutTest {

  private static final String FIRST =
      "HTTP/1.1 200 -\r\nCache-Control: max-age=1, stale-if-error=60\r\nContent-Length: 3\r\n\r\nold";

  private static final String BROKEN = "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nZZ\r\n";

  private final GatewayUnderTest.Clock clock = new GatewayUnderTest.Clock();
  private final CountDownLatch release = new CountDownLatch(1);
  private boolean first = true;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"max-age=1", "no-store"})
  void theStaleAnswerStandsInForABodyThatBreaksOffUntilItsWindowEnds(String cacheControl) {
    try (FakeUpstream origin = origin(cacheControl);
        GatewayUnderTest gateway = gateway(origin)) {
      gateway.get("/a");
      release.countDown();
      clock.pass(Duration.ofSeconds(3));
      for (int i = 0; i < 3; i++) {
        assertStale(gateway.get("/a"));
      }
      clock.pass(Duration.ofSeconds(60));
      assertThat(gateway.get("/a").statusCode()).isEqualTo(502);
    }
  }

  @Test
  void theStaleAnswerAnswersTheClientsConditionsThereToo() {
    try (FakeUpstream origin = origin("no-store");
        GatewayUnderTest gateway = gateway(origin)) {
      gateway.get("/a");
      release.countDown();
      clock.pass(Duration.ofSeconds(3));
      HttpResponse<String> part = gateway.get("/a", "Range", "bytes=1-1");
      assertThat(part.statusCode()).isEqualTo(206);
      assertThat(part.body()).isEqualTo("l");
    }
  }

  @Test
  void allWhoWaitTogetherGetTheStaleAnswerUnlessTheyHadTheHead() {
    try (FakeUpstream origin = origin("max-age=1");
        GatewayUnderTest gateway = gateway(origin)) {
      gateway.get("/a");
      clock.pass(Duration.ofSeconds(3));
      List<CompletableFuture<HttpResponse<String>>> all =
          IntStream.range(0, 4)
              .mapToObj(i -> CompletableFuture.supplyAsync(() -> gateway.get("/a")))
              .toList();
      Awaitility.await().until(() -> joined(gateway) == 3);
      release.countDown();
      List<HttpResponse<String>> answers =
          all.stream().flatMap(one -> unlessReset(one).stream()).toList();
      assertThat(answers).isNotEmpty().allSatisfy(StaleInsteadOfCutTest::assertStale);
    }
  }

  @Test
  void aClientThatHasTheHeadAlreadyIsReset() throws IOException {
    try (FakeUpstream origin = FakeUpstream.playing(this::breakOffLate);
        GatewayUnderTest gateway = gateway(origin);
        RawClient client = new RawClient(gateway.port())) {
      gateway.get("/a");
      clock.pass(Duration.ofSeconds(3));
      client.begin("GET", "/a", "");
      assertThatThrownBy(() -> client.answer("GET", (bytes, length) -> release.countDown()))
          .isInstanceOf(IOException.class);
      assertThat(release.getCount()).isZero();
    }
  }

  private static void assertStale(HttpResponse<String> response) {
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("old");
    assertThat(response.headers().firstValue("age")).hasValue("3");
    assertThat(response.headers().allValues("cache-status")).hasSize(1);
    assertThat(GatewayUnderTest.status(response))
        .contains("fwd=stale", "reason=stale-if-error")
        .doesNotContain("stored");
  }

  /** A follower on another event loop may have had the head a moment before the break. */
  private static Optional<HttpResponse<String>> unlessReset(
      CompletableFuture<HttpResponse<String>> one) {
    try {
      return Optional.of(one.join());
    } catch (CompletionException e) {
      assertThat(e).hasCauseInstanceOf(UncheckedIOException.class);
      return Optional.empty();
    }
  }

  private static long joined(GatewayUnderTest gateway) {
    return Figures.metric(gateway.metrics(), "cistern_flights_total", "event=\"joined\"");
  }

  private FakeUpstream origin(String cacheControl) {
    return FakeUpstream.playing(connection -> breakOff(connection, cacheControl));
  }

  private GatewayUnderTest gateway(FakeUpstream origin) {
    return GatewayUnderTest.in(folder)
        .upstream("http://127.0.0.1:" + origin.port())
        .rules(Rules.everything())
        .clock(clock)
        .start();
  }

  private synchronized boolean isFirst() {
    boolean was = first;
    first = false;
    return was;
  }

  private void breakOff(FakeConnection connection, String cacheControl) throws IOException {
    while (!connection.readHead().isEmpty()) {
      if (isFirst()) {
        connection.write(FIRST);
        continue;
      }
      await();
      String head = "HTTP/1.1 200 -\r\nCache-Control: " + cacheControl + "\r\n";
      connection.write(head + BROKEN);
      return;
    }
  }

  private void breakOffLate(FakeConnection connection) throws IOException {
    while (!connection.readHead().isEmpty()) {
      if (isFirst()) {
        connection.write(FIRST);
        continue;
      }
      connection.write("HTTP/1.1 200 -\r\nContent-Length: 100\r\n\r\nabc");
      await();
      return;
    }
  }

  private void await() {
    try {
      release.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
