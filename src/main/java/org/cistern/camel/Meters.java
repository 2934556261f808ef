package org.cistern.camel;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.cistern.camel.coding.CodingPool;
import org.cistern.camel.engine.FrontEngine;
import org.cistern.camel.engine.log.CallListener;
import org.cistern.monitor.FlightMeters;
import org.cistern.monitor.GatewayMeters;
import org.cistern.monitor.JvmMeters;
import org.cistern.monitor.PurgeMeters;
import org.cistern.monitor.RequestMeters;
import org.cistern.monitor.TierMeters;
import org.cistern.monitor.UpstreamMeters;
import org.cistern.purge.PurgeLog;

/** All meters of a gateway, some told of what happens, the others shown where to look. */
final class Meters {

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final GatewayMeters gateway = new GatewayMeters(registry);
  private final RequestMeters requests = new RequestMeters();
  private final TierMeters tiers = new TierMeters(registry);
  private final JvmMeters jvm = new JvmMeters(registry);

  Meters() {
    registry.getPrometheusRegistry().register(requests);
  }

  /** Returns those of requests. */
  CallListener requests() {
    return new Accounting(requests);
  }

  /** Returns those of upstreams. */
  UpstreamMeters upstreams() {
    return new UpstreamMeters(registry);
  }

  /** Returns those of tiers. */
  TierMeters tiers() {
    return tiers;
  }

  /** Returns those of flights. */
  FlightMeters flights() {
    return new FlightMeters(registry);
  }

  void watch(FrontEngine engine) {
    gateway.front(engine.server()::open, engine.server()::refused, engine::underWay);
  }

  void watch(PurgeLog purges) {
    PurgeMeters.watch(purges, registry);
  }

  void watch(Tiers open) {
    tiers.watch(open.memory());
    if (open.disk() != null) {
      tiers.watch(open.disk());
    }
  }

  void watch(CodingPool coding) {
    gateway.codings(coding::begun);
  }

  /** Returns the metrics in the text format of Prometheus. */
  String scrape() {
    jvm.show();
    return registry.scrape();
  }

  void close() {
    jvm.close();
    registry.close();
  }
}
