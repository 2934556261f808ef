package org.cistern.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.stream.Stream;
import org.cistern.fake.FakeUpstream;
import org.cistern.http.Headers;
import org.cistern.upstream.message.Outgoing;
import org.cistern.upstream.message.UpstreamFailure.Kind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Transfer codings of responses: of the known ones chunked is understood (RFC 9112 section 7). */
class CodedResponseTest {

  private static final List<String> CODINGS =
      List.of(
          "gzip, chunked",
          "gzip",
          "GZip;a=b , chunked",
          "x-compress",
          "deflate, chunked",
          "chunked, chunked",
          "chunked\r\nTransfer-Encoding: chunked",
          "chunked\r\nContent-Length: 3",
          "gzip\r\nTransfer-Encoding: chunked");

  /** Without a body it goes as bytes, with one through Vert.x. */
  static Stream<Arguments> ways() {
    Outgoing post = Outgoing.of("POST", "/", Headers.empty());
    return CODINGS.stream()
        .flatMap(
            coding ->
                Stream.of(
                    Arguments.of(coding, Asking.get("/")),
                    Arguments.of(coding, post),
                    Arguments.of(coding, post.withBody(new Parts("hello"), 5))));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void oneThatHidesTheContentIsAFailureAndEndsTheConnection(String coding, Outgoing outgoing) {
    try (FakeUpstream origin = answering(coding);
        Asking asking = Asking.of(Asking.OPTIONS, origin.port())) {
      assertThat(asking.failure(outgoing).kind()).isEqualTo(Kind.PROTOCOL);
      assertThat(origin.accepted()).isEqualTo(1);
      await().until(() -> asking.settled() && origin.open() == 0);
    }
  }

  /** The suite of public cases has such a response, and every cache takes it. */
  @ParameterizedTest
  @ValueSource(strings = {"arizqhypgxofwne", "identity", ""})
  void aCodingThatNobodyKnowsIsPassedBy(String coding) {
    String answer = "HTTP/1.1 200 OK\r\nTransfer-Encoding: " + coding + "\r\n\r\nabc";
    try (FakeUpstream origin =
            FakeUpstream.playing(
                connection -> {
                  connection.readHead();
                  connection.write(answer);
                });
        Asking asking = Asking.of(Asking.OPTIONS, origin.port())) {
      assertThat(asking.ask(Asking.get("/")).body()).isEqualTo("abc");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"chunked", "Chunked "})
  void chunkedAloneIsRead(String coding) {
    Outgoing post = Outgoing.of("POST", "/", Headers.empty()).withBody(new Parts("hello"), 5);
    try (FakeUpstream origin = answering(coding);
        Asking asking = Asking.of(Asking.OPTIONS, origin.port())) {
      assertThat(asking.ask(Asking.get("/")).body()).isEqualTo("abc");
      assertThat(asking.ask(post).body()).isEqualTo("abc");
    }
  }

  private static FakeUpstream answering(String coding) {
    return FakeUpstream.playing(
        connection -> {
          while (!connection.readHead().isEmpty()) {
            connection.write(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: "
                    + coding
                    + "\r\n\r\n3\r\nabc\r\n0\r\n\r\n");
          }
        });
  }
}
