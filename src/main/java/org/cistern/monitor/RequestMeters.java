package org.cistern.monitor;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.cistern.freshness.Reason;
import org.cistern.tier.Level;
import org.jspecify.annotations.Nullable;

/**
 * Counts and times requests. Each rule is counted apart; in what is published the busiest {@value
 * #PUBLISHED} have series of their own, and keep them, while all others are one named {@code
 * other}.
 */
public final class RequestMeters {

  static final int PUBLISHED = 200;
  private static final String OTHER = "other";

  private final MeterRegistry registry;
  private final Map<String, RuleCounts> rules = new ConcurrentHashMap<>();
  private final Set<String> published = new HashSet<>();
  private final Set<String> registered = new HashSet<>();
  private final Map<RequestOutcome, Timer> timers = new EnumMap<>(RequestOutcome.class);

  /** Makes the meters in a registry. */
  public RequestMeters(MeterRegistry registry) {
    this.registry = registry;
    for (RequestOutcome outcome : RequestOutcome.values()) {
      timers.put(outcome, timer(outcome));
    }
  }

  private Timer timer(RequestOutcome outcome) {
    return Timer.builder(MeterNames.REQUEST_TIME)
        .tags("outcome", outcome.label())
        .serviceLevelObjectives(
            Duration.ofNanos(100_000),
            Duration.ofMillis(1),
            Duration.ofMillis(5),
            Duration.ofMillis(10),
            Duration.ofMillis(50),
            Duration.ofMillis(100),
            Duration.ofMillis(500),
            Duration.ofSeconds(1),
            Duration.ofSeconds(5))
        .register(registry);
  }

  /** Counts a request that is over; cheap enough for every hit. */
  public void over(
      String rule, @Nullable Level level, Reason reason, RequestOutcome outcome, long nanos) {
    RuleCounts counts = rules.get(rule);
    if (counts == null) {
      counts = rules.computeIfAbsent(rule, id -> new RuleCounts());
    }
    counts.count(level, reason);
    Timer timer = timers.get(outcome);
    if (timer != null) {
      timer.record(nanos, TimeUnit.NANOSECONDS);
    }
  }

  /** Gives what has been counted since the last call its series; to be called before a scrape. */
  public synchronized void publish() {
    if (published.size() < PUBLISHED) {
      rules.entrySet().stream()
          .filter(entry -> !published.contains(entry.getKey()))
          .sorted(Comparator.comparingLong(entry -> -entry.getValue().total()))
          .limit(PUBLISHED - published.size())
          .forEach(entry -> published.add(entry.getKey()));
    }
    rules.forEach(this::publish);
  }

  private void publish(String rule, RuleCounts counts) {
    boolean own = published.contains(rule);
    counts.each((level, reason, count) -> register(own ? rule : OTHER, level, reason, count));
  }

  private void register(String rule, @Nullable Level level, Reason reason, LongAdder count) {
    String tier = level == null ? "none" : level.label();
    if (!registered.add(rule + ' ' + tier + ' ' + reason)) {
      return;
    }
    Tags tags = Tags.of("rule", rule, "tier", tier, "reason", reason.label());
    if (rule.equals(OTHER)) {
      FunctionCounter.builder(MeterNames.REQUESTS, this, all -> all.others(level, reason))
          .tags(tags)
          .register(registry);
    } else {
      FunctionCounter.builder(MeterNames.REQUESTS, count, LongAdder::sum)
          .tags(tags)
          .register(registry);
    }
  }

  private synchronized double others(@Nullable Level level, Reason reason) {
    long[] sum = new long[1];
    rules.forEach(
        (rule, counts) -> {
          if (!published.contains(rule)) {
            counts.each((l, r, count) -> sum[0] += l == level && r == reason ? count.sum() : 0);
          }
        });
    return sum[0];
  }
}
