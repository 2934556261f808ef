package org.cistern.tier.disk;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.cistern.rule.Key;

/**
 * The keys under which the file may have what was to be replaced or removed, because that failed.
 * Nobody finds anything under them until their rows are gone. Where they become too many, nobody
 * finds anything at all until the file has been emptied.
 */
final class Doubts {

  /** Ten megabytes or so of them. */
  static final int MOST = 100_000;

  /** By the first row id of the key; the value tells one doubt from a later one. */
  private final Map<Long, Object> keys = new ConcurrentHashMap<>();

  private volatile boolean all;

  void add(Key key) {
    if (keys.size() < MOST) {
      keys.put(EntryId.first(key), new Object());
    } else {
      addAll();
    }
  }

  /** Whatever the file has is in doubt. */
  void addAll() {
    all = true;
  }

  /** Tells whether what the file has under the key may be what nobody is to find. */
  boolean covers(Key key) {
    return all || (!keys.isEmpty() && keys.containsKey(EntryId.first(key)));
  }

  boolean coverAll() {
    return all;
  }

  boolean isEmpty() {
    return !all && keys.isEmpty();
  }

  /** Returns the keys in doubt, each by its first row id, for {@link #settled}. */
  Map<Long, Object> present() {
    return keys.isEmpty() ? Map.of() : Map.copyOf(keys);
  }

  /** The rows of these are gone; what came into doubt again meanwhile stays so. */
  void settled(Map<Long, Object> gone) {
    gone.forEach(keys::remove);
  }

  /** The file has nothing any more. */
  void settled() {
    keys.clear();
    all = false;
  }
}
