package org.cistern.upstream.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.cistern.upstream.breaker.CircuitBreaker.Permit;
import org.cistern.upstream.breaker.CircuitBreaker.Phase;
import org.cistern.upstream.options.UpstreamOptions.Breaker;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final Breaker OPTIONS =
      new Breaker(Duration.ofSeconds(10), 4, 0.5, Duration.ofSeconds(5), 2);

  private final CircuitBreaker breaker = new CircuitBreaker(OPTIONS, phase -> {});

  @Test
  void itStaysClosedBelowTheNumberOfCallsAndBelowTheRatio() {
    calls(0, 3, NOON);
    assertThat(breaker.phase()).isEqualTo(Phase.CLOSED);

    calls(3, 0, NOON);
    calls(2, 1, NOON);
    assertThat(breaker.phase()).isEqualTo(Phase.CLOSED);
  }

  @Test
  void theRatioOpensIt() {
    calls(2, 2, NOON);

    assertThat(breaker.phase()).isEqualTo(Phase.OPEN);
    assertThat(breaker.ask(NOON.plusSeconds(4))).isNull();
    assertThat(breaker.retryAfter(NOON.plusSeconds(4))).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void whatIsOlderThanTheWindowIsForgotten() {
    calls(0, 3, NOON);
    calls(1, 1, NOON.plusSeconds(11));

    assertThat(breaker.phase()).isEqualTo(Phase.CLOSED);
  }

  @Test
  void asManyProbesAsWantedPassAndTheirSuccessCloses() {
    calls(0, 4, NOON);
    Instant later = NOON.plusSeconds(5);
    Permit first = ask(later);
    Permit second = ask(later);
    assertThat(breaker.phase()).isEqualTo(Phase.HALF_OPEN);
    assertThat(breaker.ask(later)).isNull();

    first.succeeded(later);
    assertThat(breaker.phase()).isEqualTo(Phase.HALF_OPEN);
    second.succeeded(later);
    assertThat(breaker.phase()).isEqualTo(Phase.CLOSED);
  }

  @Test
  void aFailedProbeOpensAgain() {
    calls(0, 4, NOON);
    ask(NOON.plusSeconds(5)).failed(NOON.plusSeconds(6));

    assertThat(breaker.phase()).isEqualTo(Phase.OPEN);
    assertThat(breaker.ask(NOON.plusSeconds(10))).isNull();
    assertThat(breaker.ask(NOON.plusSeconds(11))).isNotNull();
  }

  @Test
  void anAbandonedProbeGivesItsLeaveBack() {
    calls(0, 4, NOON);
    Instant later = NOON.plusSeconds(5);
    ask(later);
    ask(later).abandoned();

    assertThat(breaker.ask(later)).isNotNull();
  }

  @Test
  void whatComesBackFromBeforeItOpenedChangesNothing() {
    Permit old = ask(NOON);
    calls(0, 4, NOON);
    old.failed(NOON.plusSeconds(1));

    assertThat(breaker.retryAfter(NOON)).isEqualTo(Duration.ofSeconds(5));
  }

  private void calls(int succeeded, int failed, Instant now) {
    for (int i = 0; i < succeeded; i++) {
      ask(now).succeeded(now);
    }
    for (int i = 0; i < failed; i++) {
      ask(now).failed(now);
    }
  }

  private Permit ask(Instant now) {
    return Objects.requireNonNull(breaker.ask(now));
  }
}
