package org.cistern.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.cistern.fake.FakeConnection;
import org.cistern.fake.FakeUpstream;
import org.cistern.fake.FreePort;
import org.cistern.http.Headers;
import org.cistern.upstream.breaker.CircuitBreaker;
import org.cistern.upstream.endpoint.InstanceHealth;
import org.cistern.upstream.message.Incoming;
import org.cistern.upstream.message.Outgoing;
import org.cistern.upstream.message.Pending;
import org.cistern.upstream.message.UpstreamFailure;
import org.cistern.upstream.message.UpstreamFailure.Kind;
import org.cistern.upstream.options.UpstreamOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Upstreams that fail, and what is tried again. */
class UpstreamFaultTest {

  private static final String HELLO = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";

  @Test
  void aRefusedConnectionIsAFailureToConnect() {
    try (Asking asking = Asking.of(Asking.OPTIONS, FreePort.pick())) {
      UpstreamFailure failure = asking.failure(Asking.get("/"));

      assertThat(failure.kind()).isEqualTo(Kind.CONNECT);
      assertThat(failure).hasMessageStartingWith("The upstream \"api\" at http://127.0.0.1:");
      await().until(asking::settled);
    }
  }

  @Test
  void aNameThatDoesNotExistIsAFailureToConnect() {
    try (Asking asking = new Asking(UpstreamOptions.defaults(), "http://nowhere.invalid")) {
      assertThat(asking.failure(Asking.get("/")).kind()).isEqualTo(Kind.CONNECT);
    }
  }

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
    try (FakeUpstream origin = FakeUpstream.playing(UpstreamFaultTest::trickle);
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
    try (FakeUpstream origin =
            FakeUpstream.playing(
                connection -> {
                  connection.readHead();
                  connection.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n123");
                  connection.awaitClose();
                });
        Asking asking = Asking.of(Asking.HASTY, origin.port())) {
      assertThat(asking.failure(Asking.get("/")).kind()).isEqualTo(Kind.TIMEOUT);
      assertThat(asking.events.lines).containsExactly("sent", "head 200", "failed TIMEOUT");
      await().until(asking::settled);
    }
  }

  @Test
  void whatIsNoHttpOrTooLargeIsAProtocolFailure() {
    List<String> responses =
        List.of(
            "SSH-2.0-OpenSSH\r\n\r\n",
            "HTTP/1.1 200 OK\r\nX: " + "y".repeat(70_000) + "\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nabc",
            "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\nabc");
    for (String response : responses) {
      try (FakeUpstream origin =
              FakeUpstream.playing(
                  connection -> {
                    connection.readHead();
                    connection.write(response);
                    connection.awaitClose();
                  });
          Asking asking = Asking.of(Asking.OPTIONS, origin.port())) {
        assertThat(asking.failure(Asking.get("/")).kind()).isEqualTo(Kind.PROTOCOL);
        await().until(asking::settled);
      }
    }
  }

  /** Answers the first request of a connection, and closes at the second without a byte. */
  private static void oneEach(FakeConnection connection) throws IOException {
    connection.readHead();
    connection.write(HELLO);
    connection.readHead();
  }

  @Test
  void aGetThatMeetsAClosedKeptConnectionIsSentAgain() {
    try (FakeUpstream origin = FakeUpstream.playing(UpstreamFaultTest::oneEach);
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
    try (FakeUpstream origin = FakeUpstream.playing(UpstreamFaultTest::oneEach);
        Asking asking = Asking.of(Asking.OPTIONS, origin.port())) {
      Outgoing post = Outgoing.of("POST", "/", Headers.empty());

      assertThat(asking.ask(post).body()).isEqualTo("hello");
      assertThat(asking.failure(post).kind()).isEqualTo(Kind.DISCONNECT);
      assertThat(origin.accepted()).isEqualTo(1);
    }
  }

  @Test
  void aPutWhoseBodyWasReadIsNotSentAgain() {
    try (FakeUpstream origin = FakeUpstream.playing(UpstreamFaultTest::oneEach);
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
  void anInstanceThatKeepsFailingIsLeftAlone() {
    UpstreamOptions.Ejection twice =
        new UpstreamOptions.Ejection(
            2, java.util.Set.of(503), Duration.ofMinutes(1), Duration.ofMinutes(2));
    String busy = "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n";
    try (FakeUpstream bad = FakeUpstream.answering(busy);
        FakeUpstream good = FakeUpstream.answering(HELLO);
        Asking asking = Asking.of(Asking.OPTIONS.with(twice), bad.port(), good.port())) {
      for (int i = 0; i < 10; i++) {
        asking.ask(Asking.get("/"));
      }

      assertThat(asking.events.lines.stream().filter("head 503"::equals)).hasSize(2);
      assertThat(asking.events.lines).contains("health SUSPECT", "health EJECTED");
    }
  }

  @Test
  void anOpenBreakerRefusesAtOnceAndSaysWhenToComeBack() {
    UpstreamOptions.Breaker breaker =
        new UpstreamOptions.Breaker(Duration.ofSeconds(10), 3, 0.5, Duration.ofMinutes(1), 1);
    try (Asking asking = Asking.of(Asking.OPTIONS.with(breaker), FreePort.pick())) {
      for (int i = 0; i < 3; i++) {
        assertThat(asking.failure(Asking.get("/")).kind()).isEqualTo(Kind.CONNECT);
      }
      UpstreamFailure refused = asking.failure(Asking.get("/"));

      assertThat(refused.kind()).isEqualTo(Kind.UNAVAILABLE);
      assertThat(refused.retryAfter()).isBetween(1, 60);
      assertThat(asking.events.lines).contains("breaker OPEN");
    }
  }

  @Test
  void moreThanTheLineHoldsAreTurnedAwayAndTheRestIsServed() {
    CompletableFuture<Void> goOn = new CompletableFuture<>();
    UpstreamOptions.Limits few = new UpstreamOptions.Limits(2, 3, 1, 1, 1000);
    try (FakeUpstream origin =
            FakeUpstream.playing(
                connection -> {
                  while (!connection.readHead().isEmpty()) {
                    Asking.await(goOn);
                    connection.write(HELLO);
                  }
                });
        Asking asking = Asking.of(UpstreamOptions.defaults().with(few), origin.port())) {
      List<CompletableFuture<Asking.Reply>> replies = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        replies.add(asking.start(Asking.get("/")));
      }
      UpstreamFailure refused = asking.failure(Asking.get("/"));
      goOn.complete(null);

      assertThat(refused.kind()).isEqualTo(Kind.OVERLOAD);
      assertThat(refused.retryAfter()).isPositive();
      assertThat(replies).allSatisfy(reply -> assertThat(Asking.await(reply).body()).hasSize(5));
      assertThat(origin.accepted()).isEqualTo(2);
      await().until(asking::settled);
    }
  }

  @Test
  void whoWaitsInLineTooLongIsTurnedAway() {
    UpstreamOptions.Limits one = new UpstreamOptions.Limits(1, 10, 1, 1, 1000);
    try (FakeUpstream origin = FakeUpstream.hung();
        Asking asking = Asking.of(UpstreamOptions.defaults().with(one), origin.port())) {
      CompletableFuture<Asking.Reply> first = asking.start(Asking.get("/"));
      Outgoing impatient = Asking.get("/").withHeadTimeout(Duration.ofMillis(100));

      assertThat(asking.failure(impatient).kind()).isEqualTo(Kind.OVERLOAD);
      assertThat(first).isNotDone();
    }
  }

  @Test
  void cancellingBeforeTheHeadIsAnsweredAndClosesTheConnection() {
    try (FakeUpstream origin = FakeUpstream.hung();
        Asking asking = Asking.of(UpstreamOptions.defaults(), origin.port())) {
      CompletableFuture<Incoming> answer = new CompletableFuture<>();
      CompletableFuture<Pending> call = asking.call(Asking.get("/"), answer);
      await().until(() -> asking.events.lines.contains("sent") && origin.accepted() == 1);
      asking.context.runOnContext(nothing -> Asking.await(call).cancel());

      await().until(answer::isCompletedExceptionally);
      assertThat(answer.handle((incoming, failure) -> ((UpstreamFailure) failure).kind()))
          .isCompletedWithValue(Kind.CANCELLED);
      await().until(() -> asking.settled() && origin.open() == 0);
    }
  }

  @Test
  void cancellingABodyClosesTheConnectionAndIsSaidToNobody() {
    try (FakeUpstream origin =
            FakeUpstream.playing(
                connection -> {
                  connection.readHead();
                  connection.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n123");
                  connection.awaitClose();
                });
        Asking asking = Asking.of(UpstreamOptions.defaults(), origin.port())) {
      CompletableFuture<Asking.Reply> reply = new CompletableFuture<>();
      asking.send(
          Asking.get("/"),
          incoming -> {
            Asking.collect(incoming, reply);
            incoming.cancel();
            incoming.cancel();
          },
          reply);

      await().until(() -> origin.accepted() == 1 && origin.open() == 0 && asking.settled());
      assertThat(reply).isNotDone();
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

  @Test
  void aRequestBodyThatBreaksOffIsNoFaultOfTheUpstream() {
    try (FakeUpstream origin = FakeUpstream.hung();
        Asking asking = Asking.of(UpstreamOptions.defaults(), origin.port())) {
      Outgoing post = Outgoing.of("POST", "/", Headers.empty());

      assertThat(asking.failure(post.withBody(Parts.cutAfter("ab"), 5)).kind())
          .isEqualTo(Kind.REQUEST);
      assertThat(asking.failure(post.withBody(new Parts("ab"), 5)).kind()).isEqualTo(Kind.REQUEST);
      assertThat(asking.failure(post.withBody(new Parts("abcdef"), 5)).kind())
          .isEqualTo(Kind.REQUEST);
      assertThat(asking.client.conditions().get(0).phase()).isEqualTo(InstanceHealth.Phase.HEALTHY);
      await().until(() -> asking.settled() && origin.open() == 0);
    }
  }

  @Test
  void aRequestBodyThatComesToAHaltIsNoFaultOfTheUpstream() {
    UpstreamOptions.Breaker once =
        new UpstreamOptions.Breaker(Duration.ofSeconds(10), 1, 0.1, Duration.ofMinutes(1), 1);
    try (FakeUpstream origin = FakeUpstream.hung();
        Asking asking = Asking.of(Asking.HASTY.with(once), origin.port())) {
      Outgoing put = Outgoing.of("PUT", "/", Headers.empty()).withBody(Parts.halting("ab"), 5);
      UpstreamFailure failure = asking.failure(put);

      assertThat(failure.kind()).isEqualTo(Kind.REQUEST_TIMEOUT);
      assertThat(failure.repeatable()).isFalse();
      assertThat(asking.client.breaker()).isEqualTo(CircuitBreaker.Phase.CLOSED);
      assertThat(asking.client.conditions().get(0).phase()).isEqualTo(InstanceHealth.Phase.HEALTHY);
      await().until(() -> asking.settled() && origin.open() == 0);
    }
  }

  @Test
  void aRequestThatCannotBeWrittenLeavesItsConnectionAsItWas() {
    try (FakeUpstream origin = FakeUpstream.answering(HELLO);
        Asking asking = Asking.of(Asking.OPTIONS, origin.port())) {
      asking.ask(Asking.get("/"));
      Outgoing split = Outgoing.of("GET", "/", Headers.of("X-A", "1\r\nX-B: 2"));

      assertThat(asking.failure(split).kind()).isEqualTo(Kind.REQUEST);
      assertThat(asking.ask(Asking.get("/")).body()).isEqualTo("hello");
      assertThat(origin.accepted()).isEqualTo(1);
      await().until(asking::settled);
    }
  }

  @Test
  void theActiveCheckTakesAnInstanceOutAndBringsItBack() {
    java.util.concurrent.atomic.AtomicBoolean well =
        new java.util.concurrent.atomic.AtomicBoolean();
    UpstreamOptions.ActiveCheck check =
        new UpstreamOptions.ActiveCheck("/up", Duration.ofMillis(50), 200, 299, 2, 2);
    try (FakeUpstream origin =
            FakeUpstream.playing(
                connection -> {
                  boolean asked = connection.readHead().startsWith("GET /up ");
                  connection.write(asked && well.get() ? HELLO : HELLO.replace("200", "500"));
                });
        Asking asking = Asking.of(Asking.OPTIONS.with(check), origin.port())) {
      await().until(() -> asking.events.lines.contains("health DOWN"));
      assertThat(asking.failure(Asking.get("/")).kind()).isEqualTo(Kind.UNAVAILABLE);

      well.set(true);
      await().until(() -> asking.events.lines.contains("health HEALTHY"));
      assertThat(asking.ask(Asking.get("/")).body()).isEqualTo("hello");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1000", "99999", "000", "2", "099"})
  void aStatusThatIsNoneIsNoHttpAndTakesNoPlaceForGood(String status) {
    String answer = "HTTP/1.1 " + status + " X\r\nContent-Length: 2\r\n\r\nok";
    try (FakeUpstream origin = FakeUpstream.answering(answer);
        Asking asking = Asking.of(Asking.OPTIONS, origin.port())) {
      Outgoing upload = Outgoing.of("PUT", "/", Headers.empty()).withBody(new Parts("some"), 4);

      assertThat(asking.failure(Asking.get("/")).kind()).isEqualTo(Kind.PROTOCOL);
      assertThat(asking.failure(upload).kind()).isEqualTo(Kind.PROTOCOL);
      await().until(() -> asking.settled() && origin.open() == 0);
    }
  }

  @Test
  void anAnswerWhoseTakerThrowsTakesNoPlaceForGood() {
    try (FakeUpstream origin = FakeUpstream.answering(HELLO);
        Asking asking = Asking.of(Asking.OPTIONS, origin.port())) {
      CompletableFuture<Incoming> unused = new CompletableFuture<>();
      asking.send(
          Asking.get("/"),
          taken -> {
            throw new IllegalStateException("a taker that throws");
          },
          unused);

      await().until(() -> origin.accepted() == 1 && asking.settled() && origin.open() == 0);
    }
  }
}
