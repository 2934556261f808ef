package org.cistern.rule.match;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A map from text that is asked with a region of a longer text, without cutting it out. */
final class RegionTable<V> {

  private final List<@Nullable Slot<V>> slots;
  private final int mask;

  private record Slot<V>(int hash, String key, V value) {

    boolean holds(int otherHash, String text, int from, int to) {
      return hash == otherHash && key.length() == to - from && text.startsWith(key, from);
    }
  }

  RegionTable(Map<String, V> entries) {
    int size = Integer.highestOneBit(Math.max(1, entries.size())) * 4;
    slots = new ArrayList<>(Collections.nCopies(size, null));
    mask = size - 1;
    entries.forEach(this::enter);
  }

  private void enter(String key, V value) {
    int hash = hash(key, 0, key.length());
    int at = first(hash);
    while (slots.get(at) != null) {
      at = (at + 1) & mask;
    }
    slots.set(at, new Slot<>(hash, key, value));
  }

  /** Returns the value of the text between two places, or null. */
  @Nullable V get(String text, int from, int to) {
    int hash = hash(text, from, to);
    int at = first(hash);
    for (Slot<V> slot = slots.get(at); slot != null; slot = slots.get(at)) {
      if (slot.holds(hash, text, from, to)) {
        return slot.value();
      }
      at = (at + 1) & mask;
    }
    return null;
  }

  private int first(int hash) {
    int mixed = hash * 0x9E3779B9;
    return (mixed ^ (mixed >>> 16)) & mask;
  }

  private static int hash(String text, int from, int to) {
    int hash = 1;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + text.charAt(i);
    }
    return hash;
  }
}
