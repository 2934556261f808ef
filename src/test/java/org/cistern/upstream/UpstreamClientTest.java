package org.cistern.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.cistern.fake.FakeUpstream;
import org.cistern.http.Headers;
import org.cistern.upstream.Asking.Reply;
import org.cistern.upstream.message.Incoming;
import org.cistern.upstream.message.Outgoing;
import org.cistern.upstream.options.UpstreamOptions;
import org.junit.jupiter.api.Test;

/** Requests and responses that go well. */
class UpstreamClientTest {

  private static final String HELLO = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";

  @Test
  void theRequestGoesOutAsGivenWithItsFramingAndHost() {
    List<String> heads = new CopyOnWriteArrayList<>();
    try (FakeUpstream origin =
            FakeUpstream.playing(
                connection -> {
                  heads.add(connection.readHead());
                  connection.write(HELLO);
                  heads.add(connection.readHead());
                  connection.write(HELLO);
                  connection.awaitClose();
                });
        Asking asking =
            new Asking(Asking.OPTIONS, "http://127.0.0.1:" + origin.port() + "/base/")) {
      Headers headers =
          Headers.of("X-B", "1", "x-a", "2", "X-B", "3", "Host", "no", "Content-Length", "7");
      asking.ask(Outgoing.of("GET", "/a%2Fb?q=1", headers));
      asking.ask(Outgoing.of("POST", "/", Headers.empty()).withHost("api.example"));

      assertThat(heads.get(0))
          .isEqualTo(
              "GET /base/a%2Fb?q=1 HTTP/1.1\r\nHost: 127.0.0.1:"
                  + origin.port()
                  + "\r\nX-B: 1\r\nx-a: 2\r\nX-B: 3\r\n\r\n");
      assertThat(heads.get(1)).contains("\r\nHost: api.example\r\n", "Content-Length: 0\r\n");
    }
  }

  @Test
  void theResponsesFieldsKeepOrderAndRepeatedLinesWithoutThoseOfTheConnection() {
    try (FakeUpstream origin =
            FakeUpstream.answering(
                "HTTP/1.1 203 Fine\r\nSet-Cookie: a\r\nConnection: X-Hop, keep-alive\r\nX-Hop: 1\r\n"
                    + "Keep-Alive: timeout=5\r\nset-cookie: b\r\nVia: x\r\nContent-Length: 2\r\n\r\nok");
        Asking asking = Asking.of(Asking.OPTIONS, origin.port())) {
      Reply reply = asking.ask(Asking.get("/"));

      assertThat(reply.head().status()).isEqualTo(203);
      assertThat(reply.head().headers())
          .isEqualTo(
              Headers.of("Set-Cookie", "a", "set-cookie", "b", "Via", "x", "Content-Length", "2"));
      assertThat(reply.head().requestTime()).isBeforeOrEqualTo(reply.head().responseTime());
      assertThat(asking.events.lines).containsExactly("sent", "head 203");
    }
  }

  @Test
  void connectionsAreKeptAndUsedAgain() {
    try (FakeUpstream origin = FakeUpstream.answering(HELLO);
        Asking asking = Asking.of(Asking.OPTIONS, origin.port())) {
      for (int i = 0; i < 5; i++) {
        assertThat(asking.ask(Asking.get("/")).body()).isEqualTo("hello");
      }

      assertThat(origin.accepted()).isEqualTo(1);
    }
  }

  @Test
  void aResponseWithoutBodyIsWholeWhateverItsLengthSays() {
    try (FakeUpstream origin =
            FakeUpstream.answering("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n");
        Asking asking = Asking.of(Asking.OPTIONS, origin.port())) {
      Reply reply = asking.ask(Outgoing.of("HEAD", "/", Headers.empty()));

      assertThat(reply.cut()).isNull();
      assertThat(reply.head().length()).isZero();
      assertThat(reply.head().headers().first("Content-Length")).isEqualTo("5000");
    }
  }

  @Test
  void aHeadBetweenGetsOnOneConnectionHasNoBody() {
    try (FakeUpstream origin =
            FakeUpstream.playing(
                connection -> {
                  for (String head = connection.readHead();
                      !head.isEmpty();
                      head = connection.readHead()) {
                    connection.write(HELLO.substring(0, HELLO.length() - 5));
                    connection.write(head.startsWith("HEAD") ? "" : "hello");
                  }
                });
        Asking asking = Asking.of(Asking.OPTIONS, origin.port())) {
      for (String method : List.of("GET", "HEAD", "GET", "HEAD", "HEAD", "GET")) {
        assertThat(asking.ask(Outgoing.of(method, "/", Headers.empty())).body())
            .isEqualTo(method.equals("HEAD") ? "" : "hello");
      }
      assertThat(origin.accepted()).isEqualTo(1);
    }
  }

  @Test
  void bodiesOfKnownAndUnknownLengthAreSent() {
    List<String> seen = new CopyOnWriteArrayList<>();
    try (FakeUpstream origin =
            FakeUpstream.playing(
                connection -> {
                  for (int length : new int[] {10, 22}) {
                    connection.readHead();
                    seen.add(connection.read(length));
                    connection.write(HELLO);
                  }
                  connection.awaitClose();
                });
        Asking asking = Asking.of(Asking.OPTIONS, origin.port())) {
      Outgoing post = Outgoing.of("POST", "/", Headers.empty());
      asking.ask(post.withBody(new Parts("01234", "56789"), 10));
      asking.ask(post.withBody(new Parts("abc", "defg"), -1));

      assertThat(seen).containsExactly("0123456789", "3\r\nabc\r\n4\r\ndefg\r\n0\r\n\r\n");
    }
  }

  @Test
  void anUploadStopsWhileTheOriginDoesNotRead() {
    CompletableFuture<Void> readOn = new CompletableFuture<>();
    int size = 64 * 1024 * 1024;
    try (FakeUpstream origin =
            FakeUpstream.playing(
                connection -> {
                  connection.readHead();
                  Asking.await(readOn);
                  connection.skip(size);
                  connection.write(HELLO);
                });
        Asking asking = Asking.of(UpstreamOptions.defaults(), origin.port())) {
      Flood flood = new Flood(asking.vertx, size);
      CompletableFuture<Reply> reply =
          asking.start(Outgoing.of("POST", "/", Headers.empty()).withBody(flood, size));
      await().until(flood::isPaused);

      assertThat(flood.given()).isLessThan(size / 2);
      readOn.complete(null);
      assertThat(Asking.await(reply).body()).isEqualTo("hello");
      assertThat(flood.given()).isEqualTo(size);
    }
  }

  @Test
  void aDownloadStopsWhileNobodyReads() {
    byte[] block = new byte[64 * 1024];
    int blocks = 1024;
    java.util.concurrent.atomic.AtomicInteger written =
        new java.util.concurrent.atomic.AtomicInteger();
    try (FakeUpstream origin =
            FakeUpstream.playing(
                connection -> {
                  connection.readHead();
                  connection.write(
                      "HTTP/1.1 200 OK\r\nContent-Length: " + blocks * block.length + "\r\n\r\n");
                  for (int i = 0; i < blocks; i++) {
                    connection.write(block);
                    written.incrementAndGet();
                  }
                });
        Asking asking = Asking.of(Asking.HASTY, origin.port())) {
      CompletableFuture<Incoming> incoming = new CompletableFuture<>();
      asking.send(Asking.get("/"), incoming::complete, incoming);
      Incoming paused = Asking.await(incoming);
      // Longer than the idle time: it is the reader who pauses, so nothing is too late.
      await()
          .during(Duration.ofMillis(600))
          .atMost(Duration.ofSeconds(5))
          .until(() -> written.get() < blocks / 2);

      CompletableFuture<Long> total = new CompletableFuture<>();
      asking.context.runOnContext(nothing -> count(paused, total));
      assertThat(Asking.await(total)).isEqualTo((long) blocks * block.length);
      await().until(asking::settled);
    }
  }

  private static void count(Incoming incoming, CompletableFuture<Long> total) {
    long[] bytes = new long[1];
    incoming.body().exceptionHandler(total::completeExceptionally);
    incoming.body().handler((Buffer part) -> bytes[0] += part.length());
    incoming.body().endHandler(nothing -> total.complete(bytes[0]));
    incoming.body().resume();
  }

  @Test
  void everyInterimResponsePassesBeforeTheFinalOne() {
    try (FakeUpstream origin =
            FakeUpstream.answering(
                "HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
                    + "HTTP/1.1 103 Early Hints\r\nLink: </b>\r\n\r\n"
                    + HELLO);
        Asking asking = Asking.of(Asking.OPTIONS, origin.port())) {
      List<String> interim = new CopyOnWriteArrayList<>();
      Outgoing get =
          Asking.get("/")
              .withInterim((status, headers) -> interim.add(status + " " + headers.first("Link")));

      assertThat(asking.ask(get).body()).isEqualTo("hello");
      assertThat(asking.ask(get).body()).isEqualTo("hello");
      assertThat(interim).hasSize(6).startsWith("102 null", "103 </a>", "103 </b>");
      assertThat(origin.accepted()).isEqualTo(1);
    }
  }

  @Test
  void aBodyThatIsExpectedWaitsForThe100() {
    CompletableFuture<Boolean> early = new CompletableFuture<>();
    Parts body = new Parts("hello");
    try (FakeUpstream origin =
            FakeUpstream.playing(
                connection -> {
                  assertThat(connection.readHead()).contains("Expect: 100-continue");
                  early.complete(body.started());
                  connection.write("HTTP/1.1 100 Continue\r\n\r\n");
                  connection.read(5);
                  connection.write(HELLO);
                });
        Asking asking = Asking.of(Asking.OPTIONS, origin.port())) {
      assertThat(asking.ask(expecting(body)).body()).isEqualTo("hello");
      assertThat(Asking.await(early)).isFalse();
    }
  }

  @Test
  void aBodyThatIsExpectedIsSentAfterAWhileOfSilenceAndTheClientIsTold() {
    List<Integer> interim = new CopyOnWriteArrayList<>();
    try (FakeUpstream origin =
            FakeUpstream.playing(
                connection -> {
                  connection.readHead();
                  connection.read(5);
                  connection.write(HELLO);
                });
        Asking asking = Asking.of(UpstreamOptions.defaults(), origin.port())) {
      Outgoing post =
          expecting(new Parts("hello")).withInterim((status, headers) -> interim.add(status));

      assertThat(asking.ask(post).body()).isEqualTo("hello");
      assertThat(interim).containsExactly(100);
    }
  }

  @Test
  void aRefusedExpectationIsAnsweredWithoutTheBody() {
    Parts body = new Parts("hello");
    try (FakeUpstream origin =
            FakeUpstream.playing(
                connection -> {
                  connection.readHead();
                  connection.write("HTTP/1.1 417 No\r\nContent-Length: 0\r\n\r\n");
                  connection.awaitClose();
                });
        Asking asking = Asking.of(Asking.OPTIONS, origin.port())) {
      assertThat(asking.ask(expecting(body)).head().status()).isEqualTo(417);
      assertThat(body.started()).isFalse();
      await().until(asking::settled);
    }
  }

  private static Outgoing expecting(Parts body) {
    return Outgoing.of("POST", "/", Headers.of("Expect", "100-continue")).withBody(body, 5);
  }

  @Test
  void requestsGoToInstancesInTurn() {
    try (FakeUpstream one = FakeUpstream.answering(HELLO);
        FakeUpstream two = FakeUpstream.answering(HELLO);
        Asking asking = Asking.of(Asking.OPTIONS, one.port(), two.port())) {
      for (int i = 0; i < 4; i++) {
        asking.ask(Asking.get("/"));
      }

      assertThat(one.accepted()).isEqualTo(1);
      assertThat(two.accepted()).isEqualTo(1);
    }
  }

  @Test
  void aNameIsResolvedIntoItsAddresses() {
    try (FakeUpstream origin = FakeUpstream.answering(HELLO);
        Asking asking = new Asking(Asking.OPTIONS, "http://localhost:" + origin.port())) {
      await()
          .untilAsserted(
              () ->
                  assertThat(asking.client.conditions())
                      .extracting(UpstreamClient.Condition::address)
                      .contains("127.0.0.1")
                      .doesNotContain("localhost"));
      assertThat(asking.ask(Asking.get("/")).body()).isEqualTo("hello");
    }
  }
}
