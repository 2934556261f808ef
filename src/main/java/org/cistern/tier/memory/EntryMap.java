package org.cistern.tier.memory;

import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.cistern.rule.Key;
import org.jspecify.annotations.Nullable;

/** Slots by key, within a bound on their weight; what goes first is up to the policy. */
interface EntryMap {

  /** Returns what is under the key, counted as a use. Never waits for another thread. */
  @Nullable Slot get(Key key);

  /**
   * Replaces what is under the key by what the function makes of it; null stands for nothing on
   * either side. Atomic for the key; the function is short and does not touch this map.
   */
  void update(Key key, UnaryOperator<@Nullable Slot> change);

  /** Returns the keys; what comes or goes meanwhile may or may not be among them. */
  Iterable<Key> keys();

  /** Passes each slot, without counting that as a use. */
  void each(BiConsumer<Key, Slot> then);

  /** Passes the slots that the policy would keep longest, those first, at most so many. */
  void hottest(int limit, BiConsumer<Key, Slot> then);

  /** Hears of each slot that leaves on the map's own account, never of an update. */
  interface Departures {

    /**
     * Called once for each, atomically with its leaving; must not touch the map.
     *
     * @param forRoom true where the bound was the reason, false where its life had ended
     */
    void left(Key key, Slot slot, boolean forRoom);
  }
}
