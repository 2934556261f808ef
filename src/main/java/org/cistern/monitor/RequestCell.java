package org.cistern.monitor;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.BiConsumer;
import org.cistern.freshness.Reason;
import org.jspecify.annotations.Nullable;

/** Requests of one rule, outcome and tier: how many for which reason, and how long they took. */
final class RequestCell {

  private static final Reason[] REASONS = Reason.values();

  private final AtomicReferenceArray<@Nullable Tally> reasons =
      new AtomicReferenceArray<>(REASONS.length);
  private final Tally[] buckets = new Tally[Durations.BUCKETS];
  private final Tally nanos = new Tally();

  RequestCell() {
    for (int i = 0; i < buckets.length; i++) {
      buckets[i] = new Tally();
    }
  }

  void count(Reason reason, long took) {
    at(reason.ordinal()).add(1);
    buckets[Durations.bucket(took)].add(1);
    nanos.add(took);
  }

  private Tally at(int reason) {
    Tally tally = reasons.get(reason);
    if (tally != null) {
      return tally;
    }
    Tally made = new Tally();
    Tally before = reasons.compareAndExchange(reason, null, made);
    return before == null ? made : before;
  }

  long pending() {
    long sum = 0;
    for (int i = 0; i < REASONS.length; i++) {
      Tally tally = reasons.get(i);
      sum += tally == null ? 0 : tally.pending();
    }
    return sum;
  }

  /** Gives what was counted since the last time, by reason. */
  void take(BiConsumer<Reason, Long> counted) {
    for (int i = 0; i < REASONS.length; i++) {
      Tally tally = reasons.get(i);
      if (tally != null) {
        counted.accept(REASONS[i], tally.take());
      }
    }
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
