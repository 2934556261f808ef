package org.cistern.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import org.cistern.fake.FakeConnection;
import org.cistern.fake.FakeUpstream;
import org.cistern.upstream.message.Outgoing;
import org.cistern.upstream.message.UpstreamFailure.Kind;
import org.cistern.upstream.options.UpstreamOptions;
import org.junit.jupiter.api.Test;

/** Upstreams that keep their clients waiting, and the limits to that. */
class SlowUpstreamTest {

  @Test
  void aHungUpstreamIsATimeOutAndItsConnectionIsClosed() {
    try (FakeUpstream origin = FakeUpstream.hung();
        Asking asking = Asking.of(Asking.HASTY, origin.port())) {
      assertThat(asking.failure(Asking.get("/")).kind()).isEqualTo(Kind.TIMEOUT);
      await().until(() -> asking.settled() && origin.accepted() == 1 && origin.open() == 0);
    }
  }

  @Test
  void aRequestsOwnLimitBeatsThatOfTheUpstream() {
    try (FakeUpstream origin = FakeUpstream.hung();
        Asking asking = Asking.of(UpstreamOptions.defaults(), origin.port())) {
      Outgoing get = Asking.get("/").withHeadTimeout(Duration.ofMillis(100));

      assertThat(asking.failure(get).kind()).isEqualTo(Kind.TIMEOUT);
    }
  }

  @Test
  void aHeadThatTricklesInIsATimeOut() {
    try (FakeUpstream origin = FakeUpstream.playing(SlowUpstreamTest::trickle);
        Asking asking = Asking.of(Asking.HASTY, origin.port())) {
      assertThat(asking.failure(Asking.get("/")).kind()).isEqualTo(Kind.TIMEOUT);
      await().until(asking::settled);
    }
  }

  private static void trickle(FakeConnection connection) throws IOException {
    connection.readHead();
    connection.write("HTTP/1.1 200 OK\r\n");
    while (true) {
      connection.write("X-Slow: 1\r\n");
      connection.rest(20);
    }
  }

  @Test
  void aSlowBodyIsNotTooLateAsLongAsItMoves() {
    UpstreamOptions.Timeouts patient =
        Asking.SHORT.with(Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofMillis(1500));
    try (FakeUpstream origin =
            FakeUpstream.playing(
                connection -> {
                  connection.readHead();
                  connection.write("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n");
                  for (int i = 0; i < 20; i++) {
                    connection.rest(100);
                    connection.write("x");
                  }
                });
        Asking asking = Asking.of(Asking.OPTIONS.with(patient), origin.port())) {
      assertThat(asking.ask(Asking.get("/")).body()).hasSize(20);
    }
  }

  @Test
  void aBodyThatFallsSilentIsATimeOut() {
    try (FakeUpstream origin = Origins.answeringOnce(Origins.BEGUN);
        Asking asking = Asking.of(Asking.HASTY, origin.port())) {
      assertThat(asking.failure(Asking.get("/")).kind()).isEqualTo(Kind.TIMEOUT);
      assertThat(asking.events.lines).containsExactly("sent", "head 200", "failed TIMEOUT");
      await().until(asking::settled);
    }
  }
}
