package org.cistern.monitor;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.cistern.upstream.CircuitBreaker;
import org.cistern.upstream.Instance;
import org.cistern.upstream.InstanceHealth;
import org.cistern.upstream.UpstreamEvents;
import org.cistern.upstream.UpstreamFailure;

/** Counts what upstreams answer. */
public final class UpstreamMeters implements UpstreamEvents {

  private final MeterRegistry registry;
  private final Map<String, Timer> heads = new ConcurrentHashMap<>();

  /** Makes the counters in a registry. */
  public UpstreamMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  private void upstream(String name, String result) {
    registry.counter(MeterNames.UPSTREAM_REQUESTS, "upstream", name, "result", result).increment();
  }

  @Override
  public void headReceived(String upstream, Instance instance, int status, long nanos) {
    heads
        .computeIfAbsent(
            upstream, name -> registry.timer(MeterNames.UPSTREAM_TIME, "upstream", name))
        .record(nanos, TimeUnit.NANOSECONDS);
    upstream(upstream, status / 100 + "xx");
  }

  @Override
  public void failed(String upstream, UpstreamFailure.Kind kind) {
    upstream(upstream, kind.label());
  }

  @Override
  public void retried(String upstream, UpstreamFailure.Kind after) {
    upstream(upstream, "retried");
  }

  @Override
  public void health(String upstream, Instance instance, InstanceHealth.Phase phase) {
    upstream(upstream, "health-" + phase.name().toLowerCase(Locale.ROOT));
  }

  @Override
  public void breaker(String upstream, CircuitBreaker.Phase phase) {
    upstream(upstream, "breaker-" + phase.name().toLowerCase(Locale.ROOT));
  }
}
