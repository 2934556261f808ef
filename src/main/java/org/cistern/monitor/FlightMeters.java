package org.cistern.monitor;

import io.micrometer.core.instrument.MeterRegistry;
import org.cistern.flight.Alone;
import org.cistern.flight.FlightEvents;
import org.cistern.flight.StreamReset;
import org.cistern.upstream.UpstreamFailure;

/** Counts what happens on flights. */
public final class FlightMeters implements FlightEvents {

  private final MeterRegistry registry;

  /** Makes the counters in a registry. */
  public FlightMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  private void flight(String event) {
    registry.counter(MeterNames.FLIGHTS, "event", event).increment();
  }

  @Override
  public void started(String rule, boolean refresh) {
    flight(refresh ? "refresh" : "started");
  }

  @Override
  public void joined(String rule) {
    flight("joined");
  }

  @Override
  public void alone(String rule, Alone reason) {
    flight("alone-" + reason.label());
  }

  @Override
  public void failed(String rule, UpstreamFailure.Kind kind) {
    flight("failed-" + kind.label());
  }

  @Override
  public void reset(String rule, StreamReset.Cause cause) {
    flight("reset");
  }

  @Override
  public void overBudget(String rule) {
    flight("over-budget");
  }

  @Override
  public void tooLarge(String rule) {
    flight("too-large");
  }

  @Override
  public void purgedInFlight(String rule) {
    flight("purged-in-flight");
  }

  @Override
  public void unstored(String rule, RuntimeException failure) {
    flight("unstored");
  }

  @Override
  public void kept(String rule, long bytes) {
    flight("kept");
  }
}
