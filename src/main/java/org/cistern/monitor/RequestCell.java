package org.cistern.monitor;

import java.util.function.BiConsumer;
import org.cistern.freshness.Reason;

/** Requests of one rule, outcome and tier: how many for which reason, and how long they took. */
final class RequestCell {

  private final ReasonCounts reasons = new ReasonCounts();
  private final Tally[] buckets = new Tally[Durations.BUCKETS];
  private final Tally nanos = new Tally();

  RequestCell() {
    for (int i = 0; i < buckets.length; i++) {
      buckets[i] = new Tally();
    }
  }

  void count(Reason reason, long took) {
    reasons.count(reason);
    buckets[Durations.bucket(took)].add(1);
    nanos.add(took);
  }

  long pending() {
    return reasons.pending();
  }

  /** Gives what was counted since the last time, by reason. */
  void take(BiConsumer<Reason, Long> counted) {
    reasons.take(counted);
  }

  /** Returns the nanoseconds since the last time. */
  long takeNanos() {
    return nanos.take();
  }

  /** Adds what was counted since the last time to these buckets. */
  void takeInto(long[] durations) {
    for (int i = 0; i < buckets.length; i++) {
      durations[i] += buckets[i].take();
    }
  }
}
