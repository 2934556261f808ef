package org.cistern.upstream.endpoint;

import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.cistern.upstream.options.UpstreamOptions.ActiveCheck;
import org.cistern.upstream.options.UpstreamOptions.Ejection;

/** The health of one instance: what requests tell of it, and what the active check does. */
public final class InstanceHealth {

  /** The states of health. */
  public enum Phase {
    /** Nothing is held against it. */
    HEALTHY,
    /** It failed a few times in a row. */
    SUSPECT,
    /** It is left alone for a while. */
    EJECTED,
    /** One request finds out whether it is well again. */
    PROBING,
    /** The active check took it out. */
    DOWN;

    /** Tells whether it gets no requests, but for one that tries it. */
    public boolean isOut() {
      return this == EJECTED || this == PROBING || this == DOWN;
    }
  }

  private final AtomicReference<HealthState> state;
  private final Consumer<Phase> listener;
  private volatile boolean down;
  private int streak;

  /** Begins healthy. */
  public InstanceHealth(Ejection rule, Consumer<Phase> listener) {
    this.state = new AtomicReference<>(new HealthState.Healthy(rule));
    this.listener = listener;
  }

  /** Returns the present state. */
  public Phase phase() {
    return down ? Phase.DOWN : state().phase();
  }

  /** Tells whether the active check took it out. */
  boolean isDown() {
    return down;
  }

  /** Tells whether a request may go there now. */
  boolean usable(Instant now) {
    return !down && state().usable(now);
  }

  /** A request goes there; where it was ejected, as the probe. */
  void taken() {
    move(HealthState::taken);
  }

  /** A request was answered. */
  public void succeeded() {
    move(HealthState::succeeded);
  }

  /** A request failed. */
  public void failed(Instant now) {
    move(from -> from.failed(now));
  }

  /** A request was given up before it told anything. */
  public void abandoned() {
    move(HealthState::abandoned);
  }

  /** An active check came back; only ever called on the event loop that checks. */
  void checked(boolean well, ActiveCheck check) {
    // The streak counts checks that speak against what is believed.
    streak = well == down ? streak + 1 : 0;
    if (streak >= (down ? check.upAfter() : check.downAfter())) {
      streak = 0;
      down = !well;
      listener.accept(phase());
    }
  }

  private HealthState state() {
    return Objects.requireNonNull(state.get());
  }

  private void move(UnaryOperator<HealthState> step) {
    HealthState from = state();
    HealthState to = step.apply(from);
    // A lost race drops one observation; the next one counts.
    if (to != from && state.compareAndSet(from, to) && to.phase() != from.phase()) {
      listener.accept(phase());
    }
  }
}
