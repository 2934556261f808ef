package org.cistern.monitor;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/** Shows what the gateway has open. */
public final class GatewayMeters {

  private final MeterRegistry registry;

  /** The registry alone would let go of them. */
  private final List<Object> watched = new ArrayList<>();

  /** Makes the meters in a registry. */
  public GatewayMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  /**
   * Shows the connections open, those closed because there were too many, and requests under way.
   */
  public void front(IntSupplier open, LongSupplier refused, LongSupplier underWay) {
    watched.addAll(List.of(open, refused, underWay));
    Gauge.builder(MeterNames.CONNECTIONS, open, IntSupplier::getAsInt).register(registry);
    FunctionCounter.builder(MeterNames.CONNECTIONS_REFUSED, refused, LongSupplier::getAsLong)
        .register(registry);
    Gauge.builder(MeterNames.UNDER_WAY, underWay, LongSupplier::getAsLong).register(registry);
  }

  /** Shows how many coded forms were made. */
  public void codings(LongSupplier made) {
    watched.add(made);
    FunctionCounter.builder(MeterNames.CODINGS, made, LongSupplier::getAsLong).register(registry);
  }
}
