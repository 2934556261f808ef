package org.cistern.upstream.breaker;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.cistern.upstream.options.UpstreamOptions.Breaker;
import org.jspecify.annotations.Nullable;

/**
 * The circuit breaker of one upstream: too large a share of failures opens it, and after a while a
 * few probes decide whether it closes. Safe for several threads, without a lock.
 */
public final class CircuitBreaker {

  /** The states of a breaker. */
  public enum Phase {
    /** Every request passes. */
    CLOSED,
    /** No request passes. */
    OPEN,
    /** A few probes pass. */
    HALF_OPEN
  }

  /** Leave for one request; exactly one of its methods is called, once. */
  public interface Permit {

    /** The request was answered. */
    void succeeded(Instant now);

    /** The request failed. */
    void failed(Instant now);

    /** The request was given up and tells nothing. */
    void abandoned();
  }

  /** One state; what it is asked for it hands on to the next state itself. */
  interface State extends Permit {

    /** Returns the name of this state. */
    Phase phase();

    /** Returns leave for one request, or null where it may not pass. */
    @Nullable Permit ask(Instant now);

    /** Returns the time until asking again makes sense. */
    Duration retryAfter(Instant now);
  }

  private final AtomicReference<State> state;
  private final Breaker options;
  private final Consumer<Phase> listener;

  /** Begins closed. */
  public CircuitBreaker(Breaker options, Consumer<Phase> listener) {
    this.options = options;
    this.listener = listener;
    this.state = new AtomicReference<>(new BreakerClosed(this));
  }

  /** Returns the present state. */
  public Phase phase() {
    return state().phase();
  }

  /** Returns leave for one request, or null where it may not pass. */
  public @Nullable Permit ask(Instant now) {
    return state().ask(now);
  }

  /** Returns the time until asking again makes sense. */
  public Duration retryAfter(Instant now) {
    return state().retryAfter(now);
  }

  private State state() {
    return Objects.requireNonNull(state.get());
  }

  Breaker options() {
    return options;
  }

  /** Goes from one state to the next, unless another thread was quicker; returns what holds now. */
  State move(State from, State to) {
    if (state.compareAndSet(from, to)) {
      listener.accept(to.phase());
    }
    return state();
  }
}
