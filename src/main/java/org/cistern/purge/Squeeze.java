package org.cistern.purge;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bound on the barriers: past it the older ones become one purge of everything that is as old
 * as they are. Whoever invents URIs to write to can cost hits so, but never memory.
 */
final class Squeeze {

  private static final Logger LOG = LoggerFactory.getLogger(Squeeze.class);
  private static final Merged NOTHING = new Merged(List.of(), List.of());

  private final BarrierIndex index;
  private final int max;

  Squeeze(BarrierIndex index, int max) {
    if (max < 2) {
      throw new IllegalArgumentException(
          "the bound on barriers is " + max + ", it must be at least 2");
    }
    this.index = index;
    this.max = max;
  }

  /** What was merged, and what it went into. */
  record Merged(List<Barrier> into, List<Barrier> gone) {}

  Merged run() {
    return index.targets() <= max ? NOTHING : merge(oldest());
  }

  /** Returns all but the newest {@code max / 2} barriers, the oldest first. */
  private List<Barrier> oldest() {
    List<Barrier> all = index.all();
    all.sort(Comparator.comparingLong(Barrier::number));
    return all.subList(0, Math.max(1, all.size() - max / 2));
  }

  private Merged merge(List<Barrier> oldest) {
    long upTo = oldest.get(oldest.size() - 1).number();
    LOG.warn("{} barriers became one: everything stored before is purged with them", oldest.size());
    List<Barrier> into = new ArrayList<>(2);
    newest(oldest, true, into);
    newest(oldest, false, into);
    into.forEach(index::add);
    return new Merged(into, index.remove(barrier -> barrier.number() <= upTo && narrow(barrier)));
  }

  private static void newest(List<Barrier> oldest, boolean hard, List<Barrier> into) {
    for (int i = oldest.size() - 1; i >= 0; i--) {
      Barrier barrier = oldest.get(i);
      if (barrier.purge().hard() == hard) {
        into.add(
            new Barrier(
                barrier.number(), new Purge(new Purge.Scope.Everything(), hard), barrier.at()));
        return;
      }
    }
  }

  private static boolean narrow(Barrier barrier) {
    return !(barrier.purge().scope() instanceof Purge.Scope.Everything);
  }
}
