package org.cistern.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.cistern.upstream.Origins.HELLO;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.cistern.fake.FakeUpstream;
import org.cistern.fake.FreePort;
import org.cistern.upstream.message.UpstreamFailure;
import org.cistern.upstream.message.UpstreamFailure.Kind;
import org.cistern.upstream.options.UpstreamOptions;
import org.junit.jupiter.api.Test;

/** Instances and upstreams that are not asked for a while, for they fail. */
class LeftAloneTest {

  @Test
  void anInstanceThatKeepsFailingIsLeftAlone() {
    UpstreamOptions.Ejection twice =
        new UpstreamOptions.Ejection(2, Set.of(503), Duration.ofMinutes(1), Duration.ofMinutes(2));
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
  void theActiveCheckTakesAnInstanceOutAndBringsItBack() {
    AtomicBoolean well = new AtomicBoolean();
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
}
