package org.cistern.purge;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
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
  private final BarrierStore store;

  Unwritten(BarrierStore store) {
    this.store = store;
  }

  /** Writes barriers down, and keeps them where that fails. */
  CompletionStage<Void> write(List<Barrier> barriers) {
    return barriers.isEmpty()
        ? CompletableFuture.completedFuture(null)
        : store.append(barriers).whenComplete((done, failure) -> note(barriers, failure));
  }

  private void note(List<Barrier> barriers, @Nullable Throwable failure) {
    if (failure == null) {
      written(barriers);
    } else {
      add(barriers, reason(failure));
    }
  }

  private static NotKept reason(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof NotKept reason
        ? reason
        : new NotKept(NotKept.Why.FAILED, String.valueOf(cause));
  }

  private void add(List<Barrier> barriers, NotKept reason) {
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

  private void written(List<Barrier> barriers) {
    if (waiting.isEmpty()) {
      return;
    }
    barriers.forEach(barrier -> waiting.remove(barrier.purge(), barrier));
    if (waiting.isEmpty()) {
      LOG.info("All purges are written down again.");
    }
  }

  void remove(Predicate<Barrier> gone) {
    waiting.values().removeIf(gone);
  }

  List<Barrier> all() {
    return List.copyOf(waiting.values());
  }

  long failures() {
    return failures.sum();
  }
}
