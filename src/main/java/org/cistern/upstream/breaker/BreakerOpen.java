package org.cistern.upstream.breaker;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** No request passes until a moment. */
final class BreakerOpen implements CircuitBreaker.State {

  private final CircuitBreaker breaker;
  private final Instant until;

  BreakerOpen(CircuitBreaker breaker, Instant until) {
    this.breaker = breaker;
    this.until = until;
  }

  @Override
  public CircuitBreaker.Phase phase() {
    return CircuitBreaker.Phase.OPEN;
  }

  @Override
  public CircuitBreaker.@Nullable Permit ask(Instant now) {
    return now.isBefore(until) ? null : breaker.move(this, new BreakerHalfOpen(breaker)).ask(now);
  }

  @Override
  public Duration retryAfter(Instant now) {
    return Duration.between(now, until);
  }

  @Override
  public void succeeded(Instant now) {
    // Only a closed or half-open breaker gives leave, so nothing comes back here.
  }

  @Override
  public void failed(Instant now) {
    // As above.
  }

  @Override
  public void abandoned() {
    // As above.
  }
}
