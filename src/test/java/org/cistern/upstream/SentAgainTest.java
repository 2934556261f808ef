package org.cistern.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cistern.upstream.Origins.HELLO;

import java.io.IOException;
import org.cistern.fake.FakeConnection;
import org.cistern.fake.FakeUpstream;
import org.cistern.fake.FreePort;
import org.cistern.http.Headers;
import org.cistern.upstream.endpoint.InstanceHealth;
import org.cistern.upstream.message.Outgoing;
import org.cistern.upstream.message.UpstreamFailure.Kind;
import org.junit.jupiter.api.Test;

/** Requests that meet a failure: which are sent again, and to whom. */
class SentAgainTest {

  /** Answers the first request of a connection, and closes at the second without a byte. */
  private static void oneEach(FakeConnection connection) throws IOException {
    connection.readHead();
    connection.write(HELLO);
    connection.readHead();
  }

  @Test
  void aGetThatMeetsAClosedKeptConnectionIsSentAgain() {
    try (FakeUpstream origin = FakeUpstream.playing(SentAgainTest::oneEach);
        Asking asking = Asking.of(Asking.OPTIONS, origin.port())) {
      assertThat(asking.ask(Asking.get("/")).body()).isEqualTo("hello");
      assertThat(asking.ask(Asking.get("/")).body()).isEqualTo("hello");

      assertThat(asking.events.lines)
          .containsExactly("sent", "head 200", "sent", "retried DISCONNECT", "sent", "head 200");
      assertThat(asking.client.conditions().get(0).phase()).isEqualTo(InstanceHealth.Phase.HEALTHY);
    }
  }

  @Test
  void aPostThatMeetsAClosedKeptConnectionIsNotSentAgain() {
    try (FakeUpstream origin = FakeUpstream.playing(SentAgainTest::oneEach);
        Asking asking = Asking.of(Asking.OPTIONS, origin.port())) {
      Outgoing post = Outgoing.of("POST", "/", Headers.empty());

      assertThat(asking.ask(post).body()).isEqualTo("hello");
      assertThat(asking.failure(post).kind()).isEqualTo(Kind.DISCONNECT);
      assertThat(origin.accepted()).isEqualTo(1);
    }
  }

  @Test
  void aPutWhoseBodyWasReadIsNotSentAgain() {
    try (FakeUpstream origin = FakeUpstream.playing(SentAgainTest::oneEach);
        Asking asking = Asking.of(Asking.OPTIONS, origin.port())) {
      asking.ask(Asking.get("/"));
      Outgoing put = Outgoing.of("PUT", "/", Headers.empty()).withBody(new Parts("hello"), 5);

      assertThat(asking.failure(put).kind()).isEqualTo(Kind.DISCONNECT);
      assertThat(asking.events.lines).noneMatch(line -> line.startsWith("retried"));
    }
  }

  @Test
  void aGetIsNotSentAgainOnceAByteCameBack() {
    try (FakeUpstream origin =
            FakeUpstream.playing(
                connection -> {
                  connection.readHead();
                  connection.write("H");
                });
        Asking asking = Asking.of(Asking.OPTIONS, origin.port())) {
      assertThat(asking.failure(Asking.get("/")).kind()).isEqualTo(Kind.DISCONNECT);
      assertThat(origin.accepted()).isEqualTo(1);
    }
  }

  @Test
  void aPostIsSentToAnotherInstanceWhereTheFirstRefusedTheConnection() {
    try (FakeUpstream origin = FakeUpstream.answering(HELLO);
        Asking asking = Asking.of(Asking.OPTIONS, FreePort.pick(), origin.port())) {
      for (int i = 0; i < 4; i++) {
        Outgoing post = Outgoing.of("POST", "/", Headers.empty()).withBody(new Parts("hi"), 2);
        assertThat(asking.ask(post).head().status()).isEqualTo(200);
      }
      assertThat(asking.events.lines).contains("retried CONNECT");
    }
  }

  @Test
  void whatMayHaveArrivedAtOneInstanceIsSaidThoughAnotherCannotBeReached() {
    try (FakeUpstream breaking = FakeUpstream.playing(FakeConnection::readHead);
        Asking asking = Asking.of(Asking.OPTIONS, breaking.port(), FreePort.pick())) {
      for (int i = 0; i < 4; i++) {
        Outgoing delete = Outgoing.of("DELETE", "/", Headers.empty());
        assertThat(asking.failure(delete).kind()).isEqualTo(Kind.DISCONNECT);
      }
    }
  }
}
