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

  private void count(String meter, String upstream, String tag, String value) {
    registry.counter(meter, "upstream", upstream, tag, value).increment();
  }

  @Override
  public void headReceived(String upstream, Instance instance, int status, long nanos) {
    heads
        .computeIfAbsent(
            upstream, name -> registry.timer(MeterNames.UPSTREAM_TIME, "upstream", name))
        .record(nanos, TimeUnit.NANOSECONDS);
    count(MeterNames.UPSTREAM_REQUESTS, upstream, "result", status / 100 + "xx");
  }

  @Override
  public void failed(String upstream, UpstreamFailure.Kind kind) {
    count(MeterNames.UPSTREAM_REQUESTS, upstream, "result", kind.label());
  }

  @Override
  public void retried(String upstream, UpstreamFailure.Kind after) {
    count(MeterNames.UPSTREAM_RETRIES, upstream, "after", after.label());
  }

  @Override
  public void health(String upstream, Instance instance, InstanceHealth.Phase phase) {
    count(MeterNames.UPSTREAM_HEALTH, upstream, "state", word(phase));
  }

  @Override
  public void breaker(String upstream, CircuitBreaker.Phase phase) {
    count(MeterNames.UPSTREAM_BREAKER, upstream, "state", word(phase));
  }

  private static String word(Enum<?> phase) {
    return phase.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
