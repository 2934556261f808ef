package org.cistern.purge;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The barriers that the store has refused, until it takes them. They fold as the others do, so that
 * a store that stays away cannot fill the memory.
 */
final class Unwritten {

  private static final Logger LOG = LoggerFactory.getLogger(Unwritten.class);

  private final ConcurrentMap<Purge, Barrier> waiting = new ConcurrentHashMap<>();
  private final LongAdder failures = new LongAdder();

  void add(List<Barrier> barriers, NotKept reason) {
    failures.increment();
    if (waiting.isEmpty()) {
      LOG.warn(
          "Purges are in force but not written down ({}): {}. A restart before the next attempt"
              + " succeeds would forget them.",
          reason.why().label(),
          reason.getMessage());
    }
    barriers.forEach(barrier -> waiting.merge(barrier.purge(), barrier, Barrier::newer));
  }

  void written(List<Barrier> barriers) {
    if (waiting.isEmpty()) {
      return;
    }
    barriers.forEach(barrier -> waiting.remove(barrier.purge(), barrier));
    if (waiting.isEmpty()) {
      LOG.info("All purges are written down again.");
    }
  }

  void trim(Instant until) {
    waiting.values().removeIf(barrier -> !barrier.at().isAfter(until));
  }

  List<Barrier> all() {
    return List.copyOf(waiting.values());
  }

  long failures() {
    return failures.sum();
  }
}
