package org.cistern.tier.memory;

import java.time.InstantSource;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.cistern.rule.Key;
import org.cistern.tier.RuleBounds;
import org.cistern.tier.Tier;
import org.jspecify.annotations.Nullable;

/** The slots, with a ledger that follows every change of them, and an heir of what is evicted. */
final class CountedSlots {

  private final Ledger ledger;
  private final EntryMap slots;
  private volatile @Nullable Heir heir;

  CountedSlots(MemorySettings settings, InstantSource clock, RuleBounds rules) {
    this.ledger = new Ledger(rules);
    this.slots = settings.policy().map(settings.maxWeight(), clock, this::left);
  }

  void bequeath(Heir heir) {
    this.heir = heir;
  }

  @Nullable Slot get(Key key) {
    return slots.get(key);
  }

  Iterable<Key> keys() {
    return slots.keys();
  }

  void each(BiConsumer<Key, Slot> then) {
    slots.each(then);
  }

  void hottest(int limit, BiConsumer<Key, Slot> then) {
    slots.hottest(limit, then);
  }

  Tier.Contents contents() {
    return ledger.contents();
  }

  /** Replaces what is under the key by what the function makes of it, and counts the difference. */
  void change(Key key, UnaryOperator<@Nullable Slot> change) {
    slots.update(
        key,
        slot -> {
          Slot next = change.apply(slot);
          ledger.changed(key, slot, next);
          return next;
        });
  }

  /** Takes what a rule stored longest ago until it is within its quota. */
  void trim(String rule) {
    Key oldest = ledger.oldestBeyondQuota(rule);
    while (oldest != null) {
      take(oldest, rule);
      oldest = ledger.oldestBeyondQuota(rule);
    }
  }

  private void take(Key key, String rule) {
    slots.update(
        key,
        slot -> {
          ledger.release(rule, key);
          if (slot != null) {
            left(key, slot, true);
          }
          return null;
        });
  }

  private void left(Key key, Slot slot, boolean forRoom) {
    ledger.changed(key, slot, null);
    if (forRoom) {
      ledger.evicted(slot);
      Heir present = heir;
      if (present != null) {
        present.take(key, slot);
      }
    }
  }
}
