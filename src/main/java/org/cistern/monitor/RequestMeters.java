package org.cistern.monitor;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.cistern.freshness.Reason;
import org.cistern.tier.Level;
import org.jspecify.annotations.Nullable;

/**
 * Counts and times requests, each rule apart. Of what is published the busiest {@value #PUBLISHED}
 * rules have series of their own, and all others share one named {@value #OTHER}; which they are is
 * reviewed at each scrape. What a rule counts goes to the series that is its own or shared at that
 * time and stays there, so that no series ever falls.
 */
public final class RequestMeters implements MultiCollector {

  static final int PUBLISHED = 200;
  static final String OTHER = "other";

  private final Map<String, RuleCounts> rules = new ConcurrentHashMap<>();
  private final Busiest busiest = new Busiest(PUBLISHED);
  private final RequestSeries series = new RequestSeries();

  /** Counts a request that is over; cheap enough for every hit. */
  public void over(
      String rule, @Nullable Level level, Reason reason, RequestOutcome outcome, long nanos) {
    of(rule).at(outcome, level).count(reason, nanos);
  }

  /** Counts an answer of an upstream that was not stored. */
  public void unstored(String rule, Reason why) {
    of(rule).unstored().count(why);
  }

  private RuleCounts of(String rule) {
    RuleCounts counts = rules.get(rule);
    return counts != null ? counts : rules.computeIfAbsent(rule, id -> new RuleCounts());
  }

  @Override
  public synchronized MetricSnapshots collect() {
    // A rule that appears after the review waits for the next one, or it would count as other.
    Map<String, RuleCounts> seen = Map.copyOf(rules);
    Set<String> own = review(seen);
    seen.forEach((rule, counts) -> take(own.contains(rule) ? rule : OTHER, counts));
    return series.snapshots(own);
  }

  private Set<String> review(Map<String, RuleCounts> seen) {
    Map<String, Long> recent = new HashMap<>();
    seen.forEach((rule, counts) -> recent.put(rule, counts.pending()));
    return busiest.review(recent);
  }

  private void take(String label, RuleCounts counts) {
    counts.each((outcome, level, cell) -> series.add(label, outcome, level, cell));
    series.addUnstored(label, counts.unstored());
  }
}
