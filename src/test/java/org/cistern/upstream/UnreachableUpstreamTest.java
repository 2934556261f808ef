package org.cistern.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.cistern.fake.FreePort;
import org.cistern.upstream.message.UpstreamFailure;
import org.cistern.upstream.message.UpstreamFailure.Kind;
import org.cistern.upstream.options.UpstreamOptions;
import org.junit.jupiter.api.Test;

/** Upstreams to which there is no connection. */
class UnreachableUpstreamTest {

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
}
