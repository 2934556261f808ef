package org.cistern.monitor;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.cistern.freshness.Reason;
import org.cistern.tier.Level;
import org.jspecify.annotations.Nullable;

/** The published series of requests, as far as they have come; one thread at a time. */
final class RequestSeries {

  private static final double NANOS = 1e9;

  private final Map<Counted, Long> counts = new HashMap<>();
  private final Map<Unstored, Long> unstored = new HashMap<>();
  private final Map<Timed, Spent> spent = new HashMap<>();
  private final Map<Timed, Spread> spreads = new HashMap<>();

  /** Adds what a cell has counted since the last time to the series of a rule. */
  void add(String rule, RequestOutcome outcome, @Nullable Level level, RequestCell cell) {
    Timed ofRule = new Timed(rule, outcome, level);
    Spent time = spent.computeIfAbsent(ofRule, key -> new Spent());
    Spread spread = spreads.computeIfAbsent(new Timed("", outcome, level), key -> new Spread());
    cell.take(
        (reason, count) -> {
          counts.merge(new Counted(ofRule, reason), count, Long::sum);
          time.count += count;
        });
    long nanos = cell.takeNanos();
    time.nanos += nanos;
    spread.nanos += nanos;
    cell.takeInto(spread.buckets);
  }

  /** Adds answers that were not stored to the series of a rule. */
  void addUnstored(String rule, ReasonCounts counted) {
    counted.take((why, count) -> unstored.merge(new Unstored(rule, why), count, Long::sum));
  }

  /** Returns all series, of rules only those of the given ones and the shared one. */
  MetricSnapshots snapshots(Set<String> rules) {
    return new MetricSnapshots(counters(rules), unstored(rules), times(rules), histograms());
  }

  private CounterSnapshot counters(Set<String> rules) {
    CounterSnapshot.Builder all =
        CounterSnapshot.builder().name(MeterNames.prometheus(MeterNames.REQUESTS));
    counts.forEach(
        (key, count) -> {
          if (key.of.isShown(rules) && count > 0) {
            all.dataPoint(point(key.of.labels().add("reason", key.reason.label()), count));
          }
        });
    return all.build();
  }

  private CounterSnapshot unstored(Set<String> rules) {
    CounterSnapshot.Builder all =
        CounterSnapshot.builder().name(MeterNames.prometheus(MeterNames.UNSTORED));
    unstored.forEach(
        (key, count) -> {
          if (isShown(key.rule, rules)) {
            all.dataPoint(point(Labels.of("reason", key.why.label(), "rule", key.rule), count));
          }
        });
    return all.build();
  }

  private static CounterSnapshot.CounterDataPointSnapshot point(Labels labels, long count) {
    return CounterSnapshot.CounterDataPointSnapshot.builder()
        .labels(labels)
        .value((double) count)
        .build();
  }

  private static boolean isShown(String rule, Set<String> rules) {
    return rule.equals(RequestMeters.OTHER) || rules.contains(rule);
  }

  private SummarySnapshot times(Set<String> rules) {
    SummarySnapshot.Builder all =
        SummarySnapshot.builder().name(MeterNames.prometheus(MeterNames.RULE_TIME) + "_seconds");
    spent.forEach(
        (key, time) -> {
          if (key.isShown(rules) && time.count > 0) {
            all.dataPoint(
                SummarySnapshot.SummaryDataPointSnapshot.builder()
                    .labels(key.labels())
                    .count(time.count)
                    .sum(time.nanos / NANOS)
                    .build());
          }
        });
    return all.build();
  }

  private HistogramSnapshot histograms() {
    HistogramSnapshot.Builder all =
        HistogramSnapshot.builder()
            .name(MeterNames.prometheus(MeterNames.REQUEST_TIME) + "_seconds");
    spreads.forEach(
        (key, spread) ->
            all.dataPoint(
                HistogramSnapshot.HistogramDataPointSnapshot.builder()
                    .labels(Labels.of("outcome", key.outcome.label(), "tier", key.tier()))
                    .classicHistogramBuckets(
                        ClassicHistogramBuckets.of(Durations.bounds(), spread.buckets))
                    .sum(spread.nanos / NANOS)
                    .build()));
    return all.build();
  }

  private record Timed(String rule, RequestOutcome outcome, @Nullable Level level) {

    boolean isShown(Set<String> rules) {
      return RequestSeries.isShown(rule, rules);
    }

    String tier() {
      return level == null ? "none" : level.label();
    }

    Labels labels() {
      return Labels.of("outcome", outcome.label(), "rule", rule, "tier", tier());
    }
  }

  private record Counted(Timed of, Reason reason) {}

  private record Unstored(String rule, Reason why) {}

  private static final class Spent {
    private long count;
    private long nanos;
  }

  private static final class Spread {
    private final long[] buckets = new long[Durations.BUCKETS];
    private long nanos;
  }
}
