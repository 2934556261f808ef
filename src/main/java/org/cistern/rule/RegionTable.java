package org.cistern.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A map from text that is asked with a region of a longer text, without cutting it out. */
final class RegionTable<V> {

  private final List<V> values;
  private final String[] keys;
  private final int[] hashes;
  private final int[] slots;

  RegionTable(Map<String, V> entries) {
    values = new ArrayList<>(entries.values());
    keys = entries.keySet().toArray(new String[0]);
    hashes = new int[keys.length];
    slots = new int[Integer.highestOneBit(Math.max(1, keys.length)) * 4];
    for (int i = 0; i < keys.length; i++) {
      enter(i);
    }
  }

  private void enter(int index) {
    hashes[index] = hash(keys[index], 0, keys[index].length());
    int slot = slot(hashes[index]);
    while (slots[slot] != 0) {
      slot = slot + 1 & slots.length - 1;
    }
    slots[slot] = index + 1;
  }

  /** Returns the value of the text between two places, or null. */
  @Nullable V get(String text, int from, int to) {
    if (keys.length == 0) {
      return null;
    }
    int hash = hash(text, from, to);
    for (int slot = slot(hash); slots[slot] != 0; slot = slot + 1 & slots.length - 1) {
      int index = slots[slot] - 1;
      if (hashes[index] == hash && same(keys[index], text, from, to)) {
        return values.get(index);
      }
    }
    return null;
  }

  private static boolean same(String key, String text, int from, int to) {
    return key.length() == to - from && text.startsWith(key, from);
  }

  private int slot(int hash) {
    int mixed = hash * 0x9E3779B9;
    return (mixed ^ mixed >>> 16) & slots.length - 1;
  }

  private static int hash(String text, int from, int to) {
    int hash = 1;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + text.charAt(i);
    }
    return hash;
  }
}
