package org.cistern.upstream.endpoint;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The choice of an instance: the one with the fewest requests in progress, equals in turn. */
final class Balancer {

  /** Something that can be chosen by its load. */
  interface Candidate {

    /** Returns how many requests are in progress there. */
    int outstanding();
  }

  private final AtomicInteger turn = new AtomicInteger();

  /** Returns the next of the candidates that the test accepts, or null where there is none. */
  <C extends Candidate> @Nullable C next(List<C> candidates, Predicate<? super C> usable) {
    return least(candidates, usable, turn.getAndIncrement());
  }

  /**
   * Returns the least loaded of the usable candidates; among equals the first one at or after the
   * place that {@code turn} points to. Null where none is usable.
   */
  static <C extends Candidate> @Nullable C least(
      List<C> candidates, Predicate<? super C> usable, int turn) {
    C least = null;
    int fewest = Integer.MAX_VALUE;
    for (int i = 0; i < candidates.size(); i++) {
      C candidate = candidates.get(Math.floorMod(turn + i, candidates.size()));
      int outstanding = candidate.outstanding();
      if (outstanding < fewest && usable.test(candidate)) {
        least = candidate;
        fewest = outstanding;
      }
    }
    return least;
  }
}
