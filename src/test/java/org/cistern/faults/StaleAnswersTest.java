package org.cistern.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.cistern.GatewayUnderTest;
import org.cistern.fake.FakeConnection;
import org.cistern.fake.FakeUpstream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Answers past their freshness: shown where that is allowed, and not a second longer. The upstream
 * may take a second until it answers; a test that hangs on long past that fails.
 */
@Timeout(60)
class StaleAnswersTest {

  /** What the upstream does. */
  enum Mood {
    WELL,
    WAITING,
    HUNG,
    CLOSING,
    FAILING
  }

  private volatile Mood mood = Mood.WELL;
  private final AtomicInteger asked = new AtomicInteger();
  private final CountDownLatch release = new CountDownLatch(1);
  private final GatewayUnderTest.Clock clock = new GatewayUnderTest.Clock();

  @TempDir Path folder;

  @Test
  void aStaleAnswerIsShownWhileExactlyOneRefreshRuns() {
    try (FakeUpstream origin = origin("max-age=10, stale-while-revalidate=30");
        GatewayUnderTest gateway = gateway(origin)) {
      assertThat(gateway.get("/swr").body()).isEqualTo("answer 1");
      mood = Mood.WAITING;
      clock.pass(Duration.ofSeconds(15));
      for (int i = 0; i < 20; i++) {
        assertThat(gateway.get("/swr").body()).isEqualTo("answer 1");
      }
      assertThat(asked.get()).isLessThanOrEqualTo(2);
      release.countDown();
      Awaitility.await().until(() -> gateway.get("/swr").body().equals("answer 2"));
      assertThat(asked).hasValue(2);

      mood = Mood.WELL;
      clock.pass(Duration.ofSeconds(41));
      assertThat(gateway.get("/swr").body()).isEqualTo("answer 3");
      Figures.report("stale-while-revalidate: 20 stale answers, 1 refresh; none past the window");
    }
  }

  @Test
  void aHeadThatIsAnsweredStaleStartsTheRefreshToo() {
    try (FakeUpstream origin = origin("max-age=10, stale-while-revalidate=30");
        GatewayUnderTest gateway = gateway(origin)) {
      gateway.get("/polled");
      clock.pass(Duration.ofSeconds(15));
      HttpResponse<String> polled = gateway.send("HEAD", "/polled", null);
      assertThat(GatewayUnderTest.status(polled)).contains("stale-while-revalidate");
      Awaitility.await().until(() -> asked.get() == 2);
      Awaitility.await().until(() -> gateway.get("/polled").body().equals("answer 2"));
      assertThat(asked).hasValue(2);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"HUNG", "CLOSING", "FAILING"})
  void aStaleAnswerStandsInForAFailureUntilItsWindowEnds(Mood failure) {
    try (FakeUpstream origin = origin("max-age=10, stale-if-error=60");
        GatewayUnderTest gateway = gateway(origin)) {
      assertThat(gateway.get("/sie").body()).isEqualTo("answer 1");
      mood = failure;
      clock.pass(Duration.ofSeconds(30));
      HttpResponse<String> stale = gateway.get("/sie");
      assertThat(stale.statusCode()).isEqualTo(200);
      assertThat(stale.body()).isEqualTo("answer 1");
      assertThat(GatewayUnderTest.status(stale).contains("fwd-status=500"))
          .isEqualTo(failure == Mood.FAILING);

      clock.pass(Duration.ofSeconds(41));
      assertThat(gateway.get("/sie").statusCode()).isGreaterThanOrEqualTo(500);
    }
  }

  @Test
  void aStaleAnswerStandsInForAnUpstreamThatIsGoneAndItRecovers() throws IOException {
    GatewayUnderTest gateway;
    int port;
    try (FakeUpstream origin = origin("max-age=10, stale-if-error=60")) {
      port = origin.port();
      gateway = gateway(origin);
      assertThat(gateway.get("/gone").body()).isEqualTo("answer 1");
    }
    try (gateway) {
      clock.pass(Duration.ofSeconds(30));
      assertThat(gateway.get("/gone").body()).isEqualTo("answer 1");
      assertThat(gateway.get("/other").statusCode()).isBetween(502, 504);
      ServerSocket again = new ServerSocket(port, 200, InetAddress.getLoopbackAddress());
      try (FakeUpstream back =
          FakeUpstream.playing(again, connection -> answer(connection, "max-age=10"))) {
        clock.pass(Duration.ofSeconds(120));
        Awaitility.await().until(() -> gateway.get("/other").statusCode() == 200);
        assertThat(back.accepted()).isPositive();
      }
    }
  }

  @Test
  void aHungUpstreamWithNothingInStoreIsATimeOut() {
    try (FakeUpstream origin = FakeUpstream.hung();
        GatewayUnderTest gateway = gateway(origin)) {
      HttpResponse<String> response = gateway.get("/hung");
      assertThat(response.statusCode()).isEqualTo(504);
      assertThat(response.headers().firstValue("content-type"))
          .hasValue("application/problem+json");
    }
  }

  private FakeUpstream origin(String cacheControl) {
    return FakeUpstream.playing(connection -> answer(connection, cacheControl));
  }

  private GatewayUnderTest gateway(FakeUpstream origin) {
    return GatewayUnderTest.in(folder)
        .upstream("http://127.0.0.1:" + origin.port())
        .rules(Rules.everything())
        .with("CISTERN_UPSTREAM_TIMEOUT", "1s")
        .clock(clock)
        .start();
  }

  private void answer(FakeConnection connection, String cacheControl) throws IOException {
    while (!connection.readHead().isEmpty()) {
      int number = asked.incrementAndGet();
      switch (mood) {
        case HUNG -> connection.awaitClose();
        case CLOSING -> {
          return;
        }
        case FAILING -> Bodies.respond(connection, 500, "", new byte[0]);
        case WAITING -> {
          await();
          say(connection, cacheControl, number);
        }
        default -> say(connection, cacheControl, number);
      }
    }
  }

  private static void say(FakeConnection connection, String cacheControl, int number)
      throws IOException {
    byte[] body = ("answer " + number).getBytes(StandardCharsets.US_ASCII);
    Bodies.respond(connection, 200, "Cache-Control: " + cacheControl + "\r\n", body);
  }

  private void await() {
    try {
      release.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
