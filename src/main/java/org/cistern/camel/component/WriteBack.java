package org.cistern.camel.component;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.cistern.answer.Answer;
import org.cistern.answer.Variants;
import org.cistern.purge.Coverage;
import org.cistern.purge.Purges;
import org.cistern.rule.Key;
import org.cistern.tier.Tier;
import org.cistern.tier.memory.MemoryTier;
import org.jspecify.annotations.Nullable;

/**
 * Answers that memory has and the lower tier not yet (write policy {@code back}). They go down when
 * memory evicts them, at every flush, and at shutdown, the hottest first; purged ones never.
 */
public final class WriteBack {

  /** A lower tier keeps as many variants of a key as any rule may ask for. */
  private static final int VARIANTS = Integer.MAX_VALUE;

  private final Map<Slot, Answer> dirty = new ConcurrentHashMap<>();
  private final @Nullable Tier lower;
  private final Purges purges;

  /** Makes it of the tier below memory, or null where there is none. */
  public WriteBack(@Nullable Tier lower, Purges purges) {
    this.lower = lower;
    this.purges = purges;
  }

  /** Notes an answer that only memory has. */
  void dirty(Key key, Answer answer) {
    if (lower != null) {
      dirty.put(new Slot(key, Variants.id(answer)), answer);
    }
  }

  /** Forgets an answer that is not to be kept any more. */
  void forget(Key key, Answer answer) {
    dirty.remove(new Slot(key, Variants.id(answer)));
  }

  /** Writes an answer that memory has evicted, if only memory had it. */
  public void evicted(Key key, Answer answer) {
    Slot slot = new Slot(key, Variants.id(answer));
    if (dirty.remove(slot, answer)) {
      write(slot, answer);
    }
  }

  /** Writes everything. */
  public void flush() {
    dirty.forEach(this::down);
  }

  /** Writes everything, what memory holds hottest first. */
  public void flush(MemoryTier memory) {
    memory.hottest(
        Integer.MAX_VALUE,
        (key, kept) -> down(new Slot(key, Variants.id(kept.answer())), kept.answer()));
    flush();
  }

  /** Returns how many answers only memory has. */
  public int size() {
    return dirty.size();
  }

  private void down(Slot slot, Answer answer) {
    if (dirty.remove(slot, answer)) {
      write(slot, answer);
    }
  }

  private void write(Slot slot, Answer answer) {
    if (lower != null && purges.covers(answer) != Coverage.HARD) {
      lower.store(slot.key(), answer, VARIANTS);
    }
  }

  private record Slot(Key key, String variant) {}
}
