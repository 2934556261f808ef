package org.cistern.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.cistern.GatewayUnderTest;
import org.cistern.fake.FakeUpstream;
import org.cistern.fake.FreePort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The second upstream, and what a client is told where neither answers. */
class FallbackTest {

  private static final String HELLO =
      "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nCache-Control: no-store\r\n\r\nhello";

  /** Both may take so long until their heads, and a tick or two. */
  private static final Duration BOUND = Duration.ofMillis(2 * 300);

  /** For a machine that does other things as well. */
  private static final Duration SLACK = Duration.ofSeconds(8);

  @TempDir Path folder;

  /** Where one of them has to answer it gets the time for it on a busy machine. */
  private GatewayUnderTest gateway(int primary, int fallback) {
    return gateway(primary, fallback, "2s");
  }

  private GatewayUnderTest hasty(int primary, int fallback) {
    return gateway(primary, fallback, "300ms");
  }

  private GatewayUnderTest gateway(int primary, int fallback, String timeout) {
    return GatewayUnderTest.in(folder)
        .upstream("http://127.0.0.1:" + primary)
        .with("CISTERN_UPSTREAM_FALLBACK_URL", "http://127.0.0.1:" + fallback)
        .with("CISTERN_UPSTREAM_TIMEOUT", timeout)
        .start();
  }

  @Test
  void aGetThatOneUpstreamFailsToAnswerIsAnsweredByTheOther() {
    try (FakeUpstream hung = FakeUpstream.hung();
        FakeUpstream other = FakeUpstream.answering(HELLO);
        GatewayUnderTest gateway = gateway(hung.port(), other.port())) {
      assertThat(gateway.get("/a").body()).isEqualTo("hello");
    }
  }

  @Test
  void aGetThatOneUpstreamAnswersWithNoHttpIsAnsweredByTheOther() {
    try (FakeUpstream strange = FakeUpstream.answering("SSH-2.0-OpenSSH\r\n\r\n");
        FakeUpstream other = FakeUpstream.answering(HELLO);
        GatewayUnderTest gateway = gateway(strange.port(), other.port())) {
      assertThat(gateway.get("/a").body()).isEqualTo("hello");
    }
  }

  @Test
  void aPostThatMayHaveArrivedIsNotSentToTheOther() {
    try (FakeUpstream hung = FakeUpstream.hung();
        FakeUpstream other = FakeUpstream.answering(HELLO);
        GatewayUnderTest gateway = hasty(hung.port(), other.port())) {
      assertThat(gateway.send("POST", "/charge", null).statusCode()).isEqualTo(504);
      assertThat(gateway.send("POST", "/charge", "ten").statusCode()).isEqualTo(504);
      assertThat(other.accepted()).isZero();
    }
  }

  @Test
  void aPostWhoseUpstreamRefusedTheConnectionGoesToTheOtherWhole() {
    List<String> bodies = new CopyOnWriteArrayList<>();
    try (FakeUpstream other =
            FakeUpstream.playing(
                connection -> {
                  while (connection.readHead().startsWith("POST ")) {
                    bodies.add(connection.read(3));
                    connection.write(HELLO);
                  }
                });
        GatewayUnderTest gateway = gateway(FreePort.pick(), other.port())) {
      assertThat(gateway.send("POST", "/charge", "ten").body()).isEqualTo("hello");
      assertThat(bodies).containsExactly("ten");
    }
  }

  @Test
  void aDeleteThatMayHaveArrivedPurgesThoughTheOtherUpstreamCannotBeReached() {
    AtomicInteger version = new AtomicInteger();
    try (FakeUpstream origin =
            FakeUpstream.playing(
                connection -> {
                  while (connection.readHead().startsWith("GET ")) {
                    connection.write(
                        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nCache-Control: max-age=60\r\n\r\n"
                            + version.incrementAndGet());
                  }
                  connection.awaitClose();
                });
        GatewayUnderTest gateway = gateway(origin.port(), FreePort.pick())) {
      assertThat(gateway.get("/a").body()).isEqualTo("1");
      assertThat(gateway.get("/a").body()).isEqualTo("1");
      assertThat(gateway.send("DELETE", "/a", null).statusCode()).isEqualTo(504);

      assertThat(gateway.get("/a").body()).isEqualTo("2");
    }
  }

  @Test
  void anAnswerOfTheUpstreamStandsWhateverItsStatus() {
    try (FakeUpstream busy =
            FakeUpstream.answering("HTTP/1.1 503 Busy\r\nContent-Length: 4\r\n\r\nbusy");
        FakeUpstream other = FakeUpstream.answering(HELLO);
        GatewayUnderTest gateway = gateway(busy.port(), other.port())) {
      assertThat(gateway.get("/a").body()).isEqualTo("busy");
      assertThat(other.accepted()).isZero();
    }
  }

  @Test
  void aClientIsToldThatItFailedButNothingOfTheNetworkBehind() {
    int port = FreePort.pick();
    try (GatewayUnderTest gateway = gateway(port, FreePort.pick())) {
      HttpResponse<String> answer = gateway.get("/a");

      assertThat(answer.statusCode()).isEqualTo(502);
      assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
      assertThat(answer.body())
          .contains("The upstream cannot be reached.")
          .doesNotContain("127.0.0.1", String.valueOf(port));
    }
  }

  @Test
  void anOpenBreakerSaysWhenToComeBack() {
    GatewayUnderTest.Clock still = new GatewayUnderTest.Clock();
    try (GatewayUnderTest gateway =
        GatewayUnderTest.in(folder)
            .upstream("http://127.0.0.1:" + FreePort.pick())
            .clock(still)
            .start()) {
      for (int i = 0; i < 20; i++) {
        assertThat(gateway.get("/" + i).statusCode()).isEqualTo(502);
      }
      still.pass(Duration.ofSeconds(1));
      HttpResponse<String> answer = gateway.get("/a");

      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.headers().firstValue("retry-after")).contains("4");
    }
  }

  @Test
  void upstreamsThatHangKeepNobodyLongerThanTheirTimeOuts() {
    try (FakeUpstream one = FakeUpstream.hung();
        FakeUpstream other = FakeUpstream.hung();
        GatewayUnderTest gateway = hasty(one.port(), other.port())) {
      List<CompletableFuture<Integer>> all =
          List.of(status(gateway, "GET"), status(gateway, "PUT"), status(gateway, "POST"));

      await()
          .atMost(BOUND.plus(SLACK))
          .untilAsserted(
              () -> assertThat(all).allSatisfy(each -> assertThat(each).isCompletedWithValue(504)));
    }
  }

  private static CompletableFuture<Integer> status(GatewayUnderTest gateway, String method) {
    return CompletableFuture.supplyAsync(() -> gateway.send(method, "/a", null).statusCode());
  }
}
