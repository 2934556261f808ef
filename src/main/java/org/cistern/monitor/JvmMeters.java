package org.cistern.monitor;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import java.util.List;

/**
 * Shows the process: memory, collections, threads, processor time, descriptors, uptime. They are
 * made when somebody first looks, for the start does not need them.
 */
public final class JvmMeters implements AutoCloseable {

  private final MeterRegistry registry;
  private final JvmGcMetrics collections = new JvmGcMetrics();
  private boolean shown;

  /** Makes them for a registry. */
  public JvmMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Registers the meters, unless that was done. */
  public synchronized void show() {
    if (!shown) {
      shown = true;
      List<MeterBinder> all =
          List.of(
              collections,
              new JvmMemoryMetrics(),
              new JvmThreadMetrics(),
              new ProcessorMetrics(),
              new FileDescriptorMetrics(),
              new UptimeMetrics());
      all.forEach(meters -> meters.bindTo(registry));
    }
  }

  /** Lets go of the notifications of the collector. */
  @Override
  public void close() {
    collections.close();
  }
}
