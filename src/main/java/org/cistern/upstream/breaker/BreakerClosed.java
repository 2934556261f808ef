package org.cistern.upstream.breaker;

import java.time.Duration;
import java.time.Instant;
import org.cistern.upstream.options.UpstreamOptions.Breaker;

/** Every request passes and is counted. */
final class BreakerClosed implements CircuitBreaker.State {

  private final CircuitBreaker breaker;
  private final FailureWindow window;

  BreakerClosed(CircuitBreaker breaker) {
    this.breaker = breaker;
    this.window = new FailureWindow(breaker.options().window());
  }

  @Override
  public CircuitBreaker.Phase phase() {
    return CircuitBreaker.Phase.CLOSED;
  }

  @Override
  public CircuitBreaker.Permit ask(Instant now) {
    return this;
  }

  @Override
  public Duration retryAfter(Instant now) {
    return Duration.ZERO;
  }

  @Override
  public void succeeded(Instant now) {
    window.add(false, now);
  }

  @Override
  public void failed(Instant now) {
    window.add(true, now);
    Breaker options = breaker.options();
    if (window.tripped(now, options.calls(), options.ratio())) {
      breaker.move(this, new BreakerOpen(breaker, now.plus(options.open())));
    }
  }

  @Override
  public void abandoned() {
    // What tells nothing is not counted.
  }
}
