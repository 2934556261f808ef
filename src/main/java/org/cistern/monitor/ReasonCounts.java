package org.cistern.monitor;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.BiConsumer;
import org.cistern.freshness.Reason;
import org.jspecify.annotations.Nullable;

/** Counts by reason; a reason costs nothing until it is given. */
final class ReasonCounts {

  private static final Reason[] REASONS = Reason.values();

  private final AtomicReferenceArray<@Nullable Tally> tallies =
      new AtomicReferenceArray<>(REASONS.length);

  void count(Reason reason) {
    at(reason.ordinal()).add(1);
  }

  private Tally at(int reason) {
    Tally tally = tallies.get(reason);
    if (tally != null) {
      return tally;
    }
    Tally made = new Tally();
    Tally before = tallies.compareAndExchange(reason, null, made);
    return before == null ? made : before;
  }

  long pending() {
    long sum = 0;
    for (int i = 0; i < REASONS.length; i++) {
      Tally tally = tallies.get(i);
      sum += tally == null ? 0 : tally.pending();
    }
    return sum;
  }

  /** Gives what was counted since the last time, by reason. */
  void take(BiConsumer<Reason, Long> counted) {
    for (int i = 0; i < REASONS.length; i++) {
      Tally tally = tallies.get(i);
      if (tally != null) {
        counted.accept(REASONS[i], tally.take());
      }
    }
  }
}
