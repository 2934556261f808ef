package org.cistern.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.cistern.upstream.Origins.HELLO;

import java.time.Duration;
import org.cistern.fake.FakeUpstream;
import org.cistern.http.Headers;
import org.cistern.upstream.breaker.CircuitBreaker;
import org.cistern.upstream.endpoint.InstanceHealth;
import org.cistern.upstream.message.Outgoing;
import org.cistern.upstream.message.UpstreamFailure;
import org.cistern.upstream.message.UpstreamFailure.Kind;
import org.cistern.upstream.options.UpstreamOptions;
import org.junit.jupiter.api.Test;

/** Requests that go wrong by their own fault. */
class FaultyRequestTest {

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
}
