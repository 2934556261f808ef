package org.cistern.upstream.breaker;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A few probes pass; all of them must succeed, and the first failure opens again. */
final class BreakerHalfOpen implements CircuitBreaker.State {

  private final CircuitBreaker breaker;
  private final AtomicInteger leave;
  private final AtomicInteger wanted;

  BreakerHalfOpen(CircuitBreaker breaker) {
    this.breaker = breaker;
    this.leave = new AtomicInteger(breaker.options().probes());
    this.wanted = new AtomicInteger(breaker.options().probes());
  }

  @Override
  public CircuitBreaker.Phase phase() {
    return CircuitBreaker.Phase.HALF_OPEN;
  }

  @Override
  public CircuitBreaker.@Nullable Permit ask(Instant now) {
    return leave.getAndUpdate(left -> Math.max(0, left - 1)) > 0 ? this : null;
  }

  @Override
  public Duration retryAfter(Instant now) {
    return Duration.ofSeconds(1);
  }

  @Override
  public void succeeded(Instant now) {
    if (wanted.decrementAndGet() == 0) {
      breaker.move(this, new BreakerClosed(breaker));
    }
  }

  @Override
  public void failed(Instant now) {
    breaker.move(this, new BreakerOpen(breaker, now.plus(breaker.options().open())));
  }

  @Override
  public void abandoned() {
    leave.incrementAndGet();
  }
}
