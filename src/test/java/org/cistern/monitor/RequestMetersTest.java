package org.cistern.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cistern.monitor.RequestMeters.OTHER;
import static org.cistern.monitor.RequestMeters.PUBLISHED;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.cistern.freshness.Reason;
import org.cistern.tier.Level;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class RequestMetersTest {

  private static final long MILLI = 1_000_000;

  private final RequestMeters meters = new RequestMeters();

  private void hit(String rule, int times) {
    for (int i = 0; i < times; i++) {
      meters.over(rule, Level.L1, Reason.FRESH, RequestOutcome.HIT, MILLI / 2);
    }
  }

  private Map<Labels, Double> counters() {
    return series(
        CounterSnapshot.class,
        snapshot ->
            snapshot.getDataPoints().stream()
                .collect(HashMap::new, (m, p) -> m.put(p.getLabels(), p.getValue()), Map::putAll));
  }

  private <S extends MetricSnapshot> Map<Labels, Double> series(
      Class<S> kind, Function<S, Map<Labels, Double>> values) {
    Map<Labels, Double> all = new HashMap<>();
    meters.collect().stream()
        .filter(kind::isInstance)
        .map(kind::cast)
        .forEach(snapshot -> all.putAll(values.apply(snapshot)));
    return all;
  }

  private static Labels hits(String rule) {
    return Labels.of("outcome", "hit", "reason", "fresh", "rule", rule, "tier", "l1");
  }

  @Test
  void aRuleThatBecomesBusyLaterGetsSeriesOfItsOwn() {
    for (int i = 0; i < PUBLISHED; i++) {
      hit("early-" + i, 10);
    }
    hit("late", 1);
    assertThat(counters()).doesNotContainKey(hits("late")).containsEntry(hits(OTHER), 1.0);

    hit("late", 100);
    assertThat(counters()).containsEntry(hits("late"), 100.0).containsEntry(hits(OTHER), 1.0);
  }

  @Test
  void thereAreNeverMoreSeriesThanPlacesAndTheSharedOne() {
    for (int i = 0; i < 3 * PUBLISHED; i++) {
      hit("rule-" + i, 1 + i % 7);
    }
    assertThat(counters()).hasSize(PUBLISHED + 1);
  }

  @Test
  void noSeriesEverFallsAndNoRequestIsLostWhoeverIsPublished() {
    Map<Labels, Double> before = new HashMap<>();
    int asked = 0;
    for (int round = 0; round < 10; round++) {
      for (int i = 0; i < PUBLISHED + 50; i++) {
        int times = (i + 37 * round) % 100 == 0 ? 200 : 1;
        hit("rule-" + i, times);
        asked += times;
      }
      counters()
          .forEach(
              (labels, now) -> {
                assertThat(now).isGreaterThanOrEqualTo(before.getOrDefault(labels, 0.0));
                before.put(labels, now);
              });
    }
    assertThat(before.values().stream().mapToDouble(value -> value).sum()).isEqualTo(asked);
  }

  @Test
  void reasonsAddUpToWhatIsTimed() {
    meters.over("a", null, Reason.COLD, RequestOutcome.MISS, 7 * MILLI);
    meters.over("a", null, Reason.EXPIRED, RequestOutcome.MISS, 3 * MILLI);
    hit("a", 1);

    Map<Labels, Double> counts =
        series(
            SummarySnapshot.class,
            snapshot ->
                snapshot.getDataPoints().stream()
                    .collect(
                        HashMap::new,
                        (m, p) -> m.put(p.getLabels(), (double) p.getCount()),
                        Map::putAll));
    assertThat(counts)
        .containsEntry(Labels.of("outcome", "miss", "rule", "a", "tier", "none"), 2.0)
        .containsEntry(Labels.of("outcome", "hit", "rule", "a", "tier", "l1"), 1.0);
    Map<Labels, Double> sums =
        series(
            HistogramSnapshot.class,
            snapshot ->
                snapshot.getDataPoints().stream()
                    .collect(
                        HashMap::new, (m, p) -> m.put(p.getLabels(), p.getSum()), Map::putAll));
    assertThat(sums)
        .containsEntry(Labels.of("outcome", "miss", "tier", "none"), 0.01)
        .containsEntry(Labels.of("outcome", "hit", "tier", "l1"), 0.0005);
  }

  @Test
  void whatWasNotStoredIsCountedByReasonAndFoldedWithItsRule() {
    for (int i = 0; i < PUBLISHED; i++) {
      hit("busy-" + i, 2);
    }
    meters.unstored("busy-0", Reason.SET_COOKIE);
    meters.unstored("busy-0", Reason.SET_COOKIE);
    hit("idle", 1);
    meters.unstored("idle", Reason.PRIVATE);

    assertThat(counters())
        .containsEntry(Labels.of("reason", "set-cookie", "rule", "busy-0"), 2.0)
        .containsEntry(Labels.of("reason", "private", "rule", OTHER), 1.0)
        .doesNotContainKey(Labels.of("reason", "private", "rule", "idle"));
  }

  @Test
  void whatManyThreadsCountWhileItIsReadIsAllThereInTheEnd() throws InterruptedException {
    CountDownLatch done = new CountDownLatch(4);
    for (int i = 0; i < 4; i++) {
      new Thread(
              () -> {
                hit("a", 20_000);
                done.countDown();
              })
          .start();
    }
    while (done.getCount() > 0) {
      meters.collect();
    }
    assertThat(counters()).containsEntry(hits("a"), 80_000.0);
  }

  @RepeatedTest(20)
  void aRuleThatAppearsWhileItIsReadIsNotCountedAsOther() throws InterruptedException {
    Thread counting = new Thread(this::asManyRulesAsHaveSeriesOfTheirOwn);
    counting.start();
    while (counting.isAlive()) {
      meters.collect();
    }
    counting.join();
    assertThat(counters()).doesNotContainKey(hits(OTHER));
  }

  private void asManyRulesAsHaveSeriesOfTheirOwn() {
    for (int i = 0; i < PUBLISHED; i++) {
      hit("rule-" + i, 100);
    }
  }
}
