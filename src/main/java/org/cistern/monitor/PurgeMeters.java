package org.cistern.monitor;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.cistern.purge.PurgeLog;

/** Shows what the purge log holds, and how often somebody did not wait for it. */
public final class PurgeMeters {

  private PurgeMeters() {}

  /** Registers the meters of a log. */
  public static void watch(PurgeLog log, MeterRegistry registry) {
    Gauge.builder(MeterNames.BARRIERS, log, purges -> purges.contents().targets())
        .register(registry);
    FunctionCounter.builder(
            MeterNames.PURGES_UNCONFIRMED, log, purges -> purges.contents().unconfirmed())
        .register(registry);
  }
}
