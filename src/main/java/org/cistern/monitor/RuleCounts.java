package org.cistern.monitor;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import org.cistern.freshness.Reason;
import org.cistern.tier.Level;
import org.jspecify.annotations.Nullable;

/** The requests of one rule, counted by tier and reason; a count costs no lock and no object. */
final class RuleCounts {

  private static final int TIERS = Level.values().length + 1;
  private static final int CELLS = TIERS * Reason.values().length;

  private final AtomicReferenceArray<@Nullable LongAdder> cells = new AtomicReferenceArray<>(CELLS);

  void count(@Nullable Level level, Reason reason) {
    int index = reason.ordinal() * TIERS + (level == null ? 0 : level.ordinal() + 1);
    LongAdder cell = cells.get(index);
    (cell == null ? make(index) : cell).increment();
  }

  private LongAdder make(int index) {
    cells.compareAndSet(index, null, new LongAdder());
    LongAdder cell = cells.get(index);
    return cell == null ? new LongAdder() : cell;
  }

  long total() {
    long total = 0;
    for (int i = 0; i < CELLS; i++) {
      LongAdder cell = cells.get(i);
      total += cell == null ? 0 : cell.sum();
    }
    return total;
  }

  void each(Visitor visitor) {
    for (int i = 0; i < CELLS; i++) {
      LongAdder cell = cells.get(i);
      if (cell != null) {
        int tier = i % TIERS;
        visitor.cell(tier == 0 ? null : Level.values()[tier - 1], Reason.values()[i / TIERS], cell);
      }
    }
  }

  /** Takes one cell. */
  interface Visitor {
    void cell(@Nullable Level level, Reason reason, LongAdder count);
  }
}
