package org.cistern.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.cistern.fake.FakeConnection;
import org.cistern.fake.FakeUpstream;
import org.cistern.http.Headers;
import org.cistern.upstream.Asking.Reply;
import org.cistern.upstream.message.Outgoing;
import org.cistern.upstream.message.UpstreamFailure;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Responses that break off: at every tenth byte, by an orderly close and by a reset. */
class UpstreamCutTest {

  private static final String BODY = "0123456789".repeat(20);
  private static final FakeUpstream ORIGIN = FakeUpstream.playing(UpstreamCutTest::cut);
  private static final Asking ASKING = Asking.of(Asking.OPTIONS, ORIGIN.port());

  private static final Asking WHOLE = Asking.of(Asking.OPTIONS, ORIGIN.port());

  /** The three framings of RFC 9112 section 6.3. */
  enum Framing {
    LENGTH("HTTP/1.1 200 OK\r\nContent-Length: 200\r\n\r\n" + BODY),
    CHUNKED(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n64\r\n"
            + BODY.substring(0, 100)
            + "\r\n64\r\n"
            + BODY.substring(100)
            + "\r\n0\r\nX-Sum: 1\r\n\r\n"),
    CLOSE("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n" + BODY);

    final String bytes;

    Framing(String bytes) {
      this.bytes = bytes;
    }
  }

  private record Cut(Framing framing, int at, boolean reset) {

    String target() {
      return "/" + framing + "/" + at + "/" + reset;
    }

    boolean hasHead() {
      return at >= framing.bytes.indexOf("\r\n\r\n") + 4;
    }

    /** Nobody can tell this one from a shorter body (RFC 9112 section 8). */
    boolean looksWhole() {
      return framing == Framing.CLOSE && hasHead() && !reset;
    }
  }

  static Stream<Cut> cuts() {
    return Stream.of(Framing.values())
        .flatMap(
            framing ->
                IntStream.iterate(0, at -> at < framing.bytes.length(), at -> at + 10)
                    .boxed()
                    .flatMap(
                        at -> Stream.of(new Cut(framing, at, false), new Cut(framing, at, true))));
  }

  @AfterAll
  static void stop() {
    ASKING.close();
    WHOLE.close();
    ORIGIN.close();
  }

  @ParameterizedTest
  @EnumSource
  void wholeResponsesEndCleanly(Framing framing) {
    // A GET, for it may meet the connection that an earlier one left closed.
    String target = new Cut(framing, framing.bytes.length(), false).target();
    Reply reply = WHOLE.ask(Asking.get(target));

    assertThat(reply.cut()).isNull();
    assertThat(reply.body()).isEqualTo(BODY);
    assertThat(reply.head().length()).isEqualTo(framing == Framing.LENGTH ? 200 : -1);
    assertThat(reply.head().closeDelimited()).isEqualTo(framing == Framing.CLOSE);
    assertThat(reply.trailers().first("X-Sum")).isEqualTo(framing == Framing.CHUNKED ? "1" : null);
  }

  @ParameterizedTest
  @MethodSource("cuts")
  void cutResponsesNeverEndCleanly(Cut cut) {
    if (cut.looksWhole()) {
      assertThat(ASKING.ask(post(cut)).cut()).isNull();
    } else {
      assertThat(ASKING.failure(post(cut)).kind()).isEqualTo(UpstreamFailure.Kind.DISCONNECT);
    }
    await().pollInSameThread().pollDelay(Duration.ZERO).until(ASKING::settled);
  }

  @Test
  void aCloseDelimitedBodyThatFallsSilentEndsAsATimeOut() {
    try (FakeUpstream origin =
            FakeUpstream.playing(
                connection -> {
                  connection.readHead();
                  connection.write(Framing.CLOSE.bytes);
                  connection.awaitClose();
                });
        Asking asking = Asking.of(Asking.HASTY, origin.port())) {
      assertThat(asking.failure(Asking.get("/")).kind()).isEqualTo(UpstreamFailure.Kind.TIMEOUT);
      await().until(asking::settled);
    }
  }

  @Test
  void aCloseDelimitedBodyThatIsResetAfterItsHeadIsCut() {
    CompletableFuture<Void> headSeen = new CompletableFuture<>();
    try (FakeUpstream origin =
            FakeUpstream.playing(
                connection -> {
                  connection.readHead();
                  connection.write(Framing.CLOSE.bytes);
                  Asking.await(headSeen);
                  connection.reset();
                });
        Asking asking = Asking.of(Asking.OPTIONS, origin.port())) {
      CompletableFuture<Reply> reply = new CompletableFuture<>();
      asking.send(
          Asking.get("/"),
          incoming -> {
            Asking.collect(incoming, reply);
            headSeen.complete(null);
          },
          reply);

      assertThat(Asking.await(reply).cut()).isInstanceOf(UpstreamFailure.class);
    }
  }

  private static Outgoing post(Cut cut) {
    return Outgoing.of("POST", cut.target(), Headers.empty());
  }

  private static void cut(FakeConnection connection) throws IOException {
    String[] target = connection.readHead().split("[/ ]", 6);
    Framing framing = Framing.valueOf(target[2]);
    connection.write(framing.bytes.substring(0, Integer.parseInt(target[3])));
    if (Boolean.parseBoolean(target[4])) {
      connection.reset();
    }
  }
}
