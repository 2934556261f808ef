package org.cistern.monitor;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.cistern.flight.Alone;
import org.cistern.flight.FlightEvents;
import org.cistern.flight.StreamReset;
import org.cistern.upstream.message.UpstreamFailure;

/** Counts what happens on flights. */
public final class FlightMeters implements FlightEvents {

  private static final Map<Alone, String> ALONE = new EnumMap<>(Alone.class);

  static {
    for (Alone reason : Alone.values()) {
      ALONE.put(reason, "alone-" + reason.label());
    }
  }

  private final MeterRegistry registry;
  private final Map<String, Counter> counters = new ConcurrentHashMap<>();

  /** Makes the counters in a registry. */
  public FlightMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  private void flight(String event) {
    Counter counter = counters.get(event);
    if (counter == null) {
      counter = counters.computeIfAbsent(event, this::counter);
    }
    counter.increment();
  }

  private Counter counter(String event) {
    return registry.counter(MeterNames.FLIGHTS, "event", event);
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
    flight(Objects.requireNonNull(ALONE.get(reason)));
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
