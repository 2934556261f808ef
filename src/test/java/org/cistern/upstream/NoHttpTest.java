package org.cistern.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import org.cistern.fake.FakeUpstream;
import org.cistern.http.Headers;
import org.cistern.upstream.message.Outgoing;
import org.cistern.upstream.message.UpstreamFailure.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Upstreams that answer with what is no HTTP. */
class NoHttpTest {

  @Test
  void whatIsNoHttpOrTooLargeIsAProtocolFailure() {
    List<String> responses =
        List.of(
            "SSH-2.0-OpenSSH\r\n\r\n",
            "HTTP/1.1 200 OK\r\nX: " + "y".repeat(70_000) + "\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nabc",
            "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\nabc");
    for (String response : responses) {
      try (FakeUpstream origin = Origins.answeringOnce(response);
          Asking asking = Asking.of(Asking.OPTIONS, origin.port())) {
        assertThat(asking.failure(Asking.get("/")).kind()).isEqualTo(Kind.PROTOCOL);
        await().until(asking::settled);
      }
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
}
