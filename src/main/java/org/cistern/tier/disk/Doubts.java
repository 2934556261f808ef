package org.cistern.tier.disk;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.cistern.answer.Asking;
import org.cistern.rule.Key;

/**
 * The keys under which the file may have what was to be replaced or removed, because that failed.
 * Nobody finds anything under them until their rows are gone. Where they become too many, nobody
 * finds anything at all until the file has been emptied.
 */
final class Doubts {

  /** Ten megabytes or so of them. */
  static final int MOST = 100_000;

  /** By the first row id of the key. */
  private final Map<Long, Doubt> keys = new ConcurrentHashMap<>();

  private volatile boolean all;

  /** Adds a key, and when what is lost was asked for. */
  void add(Key key, Asking lost) {
    if (keys.size() < MOST) {
      keys.merge(EntryId.first(key), new Doubt(lost), Doubt::and);
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

  /** Tells whether what was lost under the key was asked for later than this. */
  boolean hasLater(Key key, Asking asked, long now) {
    Doubt doubt = keys.isEmpty() ? null : keys.get(EntryId.first(key));
    return doubt != null && doubt.lost.isLaterThan(asked, now);
  }

  boolean coverAll() {
    return all;
  }

  boolean isEmpty() {
    return !all && keys.isEmpty();
  }

  /** Returns the keys in doubt, each by its first row id, for {@link #settled}. */
  Map<Long, Doubt> present() {
    return keys.isEmpty() ? Map.of() : Map.copyOf(keys);
  }

  /** The rows of these are gone; what came into doubt again meanwhile stays so. */
  void settled(Map<Long, Doubt> gone) {
    gone.forEach(keys::remove);
  }

  /** The file has nothing any more. */
  void settled() {
    keys.clear();
    all = false;
  }

  /** A doubt is equal to itself alone: one that comes later is another. */
  static final class Doubt {

    private final Asking lost;

    private Doubt(Asking lost) {
      this.lost = lost;
    }

    private Doubt and(Doubt later) {
      return new Doubt(lost.or(later.lost));
    }
  }
}
