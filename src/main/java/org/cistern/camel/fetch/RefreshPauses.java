package org.cistern.camel.fetch;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import org.cistern.rule.Key;
import org.jspecify.annotations.Nullable;

/**
 * The keys whose refresh failed a moment ago, and until when each is left alone: a second, and
 * twice as long after each failure that follows. Without it every hit in a stale window would be
 * another request to an origin that is in trouble. Safe for several threads.
 */
final class RefreshPauses {

  private static final long LONGEST_SECONDS = 30;

  /** The fifth doubling is past the longest. */
  private static final int MOST_DOUBLINGS = 5;

  private static final Duration SWEEP = Duration.ofSeconds(1);

  private final ConcurrentHashMap<Key, Pause> pauses = new ConcurrentHashMap<>();
  private final int most;
  private volatile Instant swept = Instant.EPOCH;

  /**
   * Makes it.
   *
   * @param most how many keys are remembered; others are asked for as often as they are hit
   */
  RefreshPauses(int most) {
    this.most = most;
  }

  /** Tells whether a refresh may be tried. */
  boolean allows(Key key, Instant now) {
    Pause pause = pauses.isEmpty() ? null : pauses.get(key);
    return pause == null || !now.isBefore(pause.until);
  }

  /** A refresh brought nothing that can be kept. */
  void failed(Key key, Instant now) {
    if (pauses.size() >= most && maySweep(now)) {
      swept = now;
      pauses.values().removeIf(pause -> pause.isForgotten(now));
    }
    if (pauses.size() < most || pauses.containsKey(key)) {
      pauses.compute(key, (k, before) -> Pause.after(before, now));
    }
  }

  /** A look at all keys for each failure would make trouble worse; a clock may be set back. */
  private boolean maySweep(Instant now) {
    return Duration.between(swept, now).abs().compareTo(SWEEP) >= 0;
  }

  /** There is a new answer. */
  void succeeded(Key key) {
    if (!pauses.isEmpty()) {
      pauses.remove(key);
    }
  }

  int size() {
    return pauses.size();
  }

  private record Pause(int doublings, Instant until) {

    static Pause after(@Nullable Pause before, Instant now) {
      if (before == null || before.isForgotten(now)) {
        return of(0, now);
      }
      return of(Math.min(before.doublings + 1, MOST_DOUBLINGS), now);
    }

    private static Pause of(int doublings, Instant now) {
      return new Pause(doublings, now.plusSeconds(Math.min(LONGEST_SECONDS, 1L << doublings)));
    }

    /** What comes so long after it has nothing to do with it. */
    boolean isForgotten(Instant now) {
      return now.isAfter(until.plus(Duration.ofSeconds(LONGEST_SECONDS)));
    }
  }
}
