package org.cistern.monitor;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.cistern.tier.Level;
import org.jspecify.annotations.Nullable;

/** The requests of one rule by outcome and tier, and its answers that were not stored. */
final class RuleCounts {

  private static final RequestOutcome[] OUTCOMES = RequestOutcome.values();
  private static final Level[] LEVELS = Level.values();
  private static final int TIERS = LEVELS.length + 1;

  private final AtomicReferenceArray<@Nullable RequestCell> cells =
      new AtomicReferenceArray<>(OUTCOMES.length * TIERS);
  private final ReasonCounts unstored = new ReasonCounts();

  /** Returns where such requests are counted; costs no lock, and no object but the first time. */
  RequestCell at(RequestOutcome outcome, @Nullable Level level) {
    int index = outcome.ordinal() * TIERS + (level == null ? 0 : level.ordinal() + 1);
    RequestCell cell = cells.get(index);
    return cell == null ? make(index) : cell;
  }

  private RequestCell make(int index) {
    RequestCell made = new RequestCell();
    RequestCell before = cells.compareAndExchange(index, null, made);
    return before == null ? made : before;
  }

  /** Returns where answers that were not stored are counted. */
  ReasonCounts unstored() {
    return unstored;
  }

  /** Returns how many requests were counted and not yet taken. */
  long pending() {
    long[] sum = new long[1];
    each((outcome, level, cell) -> sum[0] += cell.pending());
    return sum[0];
  }

  void each(Visitor visitor) {
    for (int i = 0; i < cells.length(); i++) {
      RequestCell cell = cells.get(i);
      if (cell != null) {
        int tier = i % TIERS;
        visitor.cell(OUTCOMES[i / TIERS], tier == 0 ? null : LEVELS[tier - 1], cell);
      }
    }
  }

  /** Takes one cell. */
  interface Visitor {
    void cell(RequestOutcome outcome, @Nullable Level level, RequestCell cell);
  }
}
