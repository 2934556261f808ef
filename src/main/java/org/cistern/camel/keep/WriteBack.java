package org.cistern.camel.keep;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.cistern.answer.Answer;
import org.cistern.purge.Coverage;
import org.cistern.purge.Purges;
import org.cistern.rule.Key;
import org.cistern.tier.Level;
import org.cistern.tier.Tier;
import org.cistern.tier.Tier.Stored;
import org.cistern.tier.TierEvents;
import org.cistern.tier.memory.MemoryTier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers that memory has and the lower tier not yet (write policy {@code back}). They go down when
 * memory evicts them, thirty seconds after they came, before their life in memory ends, and when
 * the gateway goes down, the hottest first; purged ones never. One that the lower tier refuses is
 * offered again as long as memory has it.
 */
public final class WriteBack {

  private static final Logger LOG = LoggerFactory.getLogger(WriteBack.class);
  private static final Duration AGE = Duration.ofSeconds(30);

  /** So long before the end of its life in memory an answer goes down. */
  private static final Duration EARLY = Duration.ofSeconds(3);

  private final DirtyMarks dirty = new DirtyMarks();
  private final AtomicBoolean flushing = new AtomicBoolean();
  private final @Nullable Tier lower;
  private final Purges purges;
  private final TierEvents events;
  private final InstantSource clock;
  private final LongSupplier nanos;
  private volatile boolean hurrying;

  /**
   * Makes it of the tier below memory, or null where there is none.
   *
   * @param nanos a clock that only goes forward, for budgets
   */
  public WriteBack(
      @Nullable Tier lower,
      Purges purges,
      TierEvents events,
      InstantSource clock,
      LongSupplier nanos) {
    this.lower = lower;
    this.purges = purges;
    this.events = events;
    this.clock = clock;
    this.nanos = nanos;
  }

  /**
   * Has memory keep an answer that goes down later. It is noted first, because memory may let go of
   * it at once; what memory does not keep, or not for long enough, goes down now.
   */
  void keep(Key key, Answer answer, int maxVariants, Instant until, Supplier<Stored> memory) {
    Instant now = clock.instant();
    Dirty added = new Dirty(key, answer, maxVariants, now, until);
    dirty.add(added);
    Stored outcome = memory.get();
    boolean waits = outcome == Stored.DONE && !isDue(added, now);
    if (!waits && dirty.remove(added) && outcome != Stored.SUPERSEDED) {
      write(added);
    }
  }

  /** Writes an answer that memory has evicted, if only memory had it. */
  public void evicted(Key key, Answer answer) {
    Dirty taken = dirty.take(key, answer);
    if (taken != null) {
      write(taken);
    }
  }

  /** Forgets what is noted of a variant that is not to be kept any more. */
  void forget(Key key, Answer answer) {
    dirty.forget(key, answer);
  }

  /** Forgets what is noted of all variants. */
  void forget(Key key) {
    dirty.of(key).forEach(dirty::remove);
  }

  /** Writes what has waited for long enough or will die soon; waits, within the budget. */
  public void flush(Duration budget) {
    if (!flushing.compareAndSet(false, true)) {
      return;
    }
    try {
      Instant now = clock.instant();
      down(dirty.all(one -> isDue(one, now)), budget);
    } finally {
      flushing.set(false);
    }
  }

  private boolean isDue(Dirty one, Instant now) {
    return hurrying
        || !now.isBefore(one.since().plus(AGE))
        || !now.isBefore(one.until().minus(EARLY));
  }

  /**
   * The gateway goes down, and may be killed before it is: writes everything, what memory holds
   * hottest first, and from now on whatever comes at once.
   */
  public void hurry(MemoryTier memory, Duration budget) {
    hurrying = true;
    down(hottestFirst(memory), budget);
  }

  /** Writes what is left at the end; what the budget leaves over is counted. */
  public void drain(MemoryTier memory, Duration budget) {
    hurry(memory, budget);
    int left = lower == null ? 0 : dirty.size();
    if (left > 0) {
      lost(left, "write-back not finished at shutdown");
      LOG.warn("{} answers that only memory had were not written before the end", left);
    }
  }

  private List<Dirty> hottestFirst(MemoryTier memory) {
    Set<Key> hottest = new LinkedHashSet<>();
    memory.hottest(Integer.MAX_VALUE, (key, kept) -> hottest.add(key));
    List<Dirty> inOrder = new ArrayList<>();
    hottest.forEach(key -> inOrder.addAll(dirty.of(key)));
    inOrder.addAll(dirty.all(one -> !hottest.contains(one.key())));
    return inOrder;
  }

  /** Returns how many answers only memory has. */
  public int size() {
    return dirty.size();
  }

  private void down(List<Dirty> inOrder, Duration budget) {
    Window window = new Window(nanos, budget);
    for (Dirty one : inOrder) {
      if (!dirty.has(one)) {
        // Taken back, replaced or evicted since it was listed.
        continue;
      }
      if (!window.enter(one.answer().body().size())) {
        break;
      }
      var unused =
          write(one)
              .whenComplete(
                  (outcome, failure) -> {
                    settle(one, outcome);
                    window.leave(one.answer().body().size());
                  });
    }
    window.await();
  }

  private void settle(Dirty one, @Nullable Stored outcome) {
    boolean written =
        outcome == Stored.DONE || outcome == Stored.TOO_LARGE || outcome == Stored.SUPERSEDED;
    boolean dead = !clock.instant().isBefore(one.until());
    if ((written || dead) && dirty.remove(one) && !written) {
      lost(1, "write-back refused until memory let go");
    }
  }

  private void lost(int answers, String why) {
    events.dropped(Level.L3, answers, why);
  }

  /** A purged one counts as written. */
  private CompletionStage<Stored> write(Dirty one) {
    return lower == null || purges.covers(one.answer()) == Coverage.HARD
        ? Tier.DONE
        : lower.store(one.key(), one.answer(), one.maxVariants());
  }
}
