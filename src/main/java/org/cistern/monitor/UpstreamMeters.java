package org.cistern.monitor;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.cistern.upstream.breaker.CircuitBreaker;
import org.cistern.upstream.endpoint.InstanceHealth;
import org.cistern.upstream.exchange.UpstreamEvents;
import org.cistern.upstream.message.UpstreamFailure;
import org.cistern.upstream.options.Instance;
import org.jspecify.annotations.Nullable;

/** Counts what upstreams answer. */
public final class UpstreamMeters implements UpstreamEvents {

  private final MeterRegistry registry;
  private final Map<String, Heads> heads = new ConcurrentHashMap<>();

  /** Makes the counters in a registry. */
  public UpstreamMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  private void count(String meter, String upstream, String tag, String value) {
    registry.counter(meter, "upstream", upstream, tag, value).increment();
  }

  @Override
  public void headReceived(String upstream, Instance instance, int status, long nanos) {
    Heads known = heads.get(upstream);
    if (known == null) {
      known = heads.computeIfAbsent(upstream, Heads::new);
    }
    known.received(status, nanos);
  }

  /** What is counted for each response of one upstream; the registry is asked once for each. */
  private final class Heads {

    private final String upstream;
    private final Timer time;
    private final @Nullable Counter[] classes = new Counter[10];

    Heads(String upstream) {
      this.upstream = upstream;
      this.time = registry.timer(MeterNames.UPSTREAM_TIME, "upstream", upstream);
    }

    void received(int status, long nanos) {
      time.record(nanos, TimeUnit.NANOSECONDS);
      Counter counter = classes[status / 100];
      if (counter == null) {
        counter = ofClass(status / 100);
      }
      counter.increment();
    }

    /** Two threads may find it missing; the registry gives both the same one. */
    private Counter ofClass(int hundreds) {
      Counter counter =
          registry.counter(
              MeterNames.UPSTREAM_REQUESTS, "upstream", upstream, "result", hundreds + "xx");
      classes[hundreds] = counter;
      return counter;
    }
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
    registry
        .counter(
            MeterNames.UPSTREAM_HEALTH,
            "upstream",
            upstream,
            "instance",
            instance.toString(),
            "state",
            word(phase))
        .increment();
  }

  @Override
  public void breaker(String upstream, CircuitBreaker.Phase phase) {
    count(MeterNames.UPSTREAM_BREAKER, upstream, "state", word(phase));
  }

  private static String word(Enum<?> phase) {
    return phase.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
