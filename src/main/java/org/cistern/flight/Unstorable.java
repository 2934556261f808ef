package org.cistern.flight;

import java.util.ArrayDeque;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keys whose answer could not be stored a moment ago; bounded, and forgetful by design. All are
 * remembered equally long, so the one that came first is the first to go.
 */
final class Unstorable {

  private final ConcurrentHashMap<FlightKey, Entry> remembered = new ConcurrentHashMap<>();
  private final ArrayDeque<Entry> order = new ArrayDeque<>();
  private final long nanos;
  private final int max;

  Unstorable(FlightLimits limits) {
    this.nanos = limits.memory().toNanos();
    this.max = limits.remembered();
  }

  void remember(FlightKey key, long now) {
    Entry entry = new Entry(key, now + nanos);
    synchronized (order) {
      remembered.put(key, entry);
      order.add(entry);
      // Whoever is dropped too early only waits for a head once more.
      while (order.size() > max || isOver(order.peek(), now)) {
        drop(order.remove());
      }
    }
  }

  /** One that was remembered again meanwhile stays. */
  private void drop(Entry oldest) {
    remembered.remove(oldest.key, oldest);
  }

  private static boolean isOver(@Nullable Entry entry, long now) {
    return entry != null && entry.end - now <= 0;
  }

  boolean remembers(FlightKey key, long now) {
    return entry(key, now) != null;
  }

  /** Notes that no tier has anything under the key, for as long as it is remembered. */
  void nowhere(FlightKey key, long now) {
    Entry entry = entry(key, now);
    if (entry != null) {
      entry.nowhere = true;
    }
  }

  boolean isNowhere(FlightKey key, long now) {
    Entry entry = entry(key, now);
    return entry != null && entry.nowhere;
  }

  private @Nullable Entry entry(FlightKey key, long now) {
    Entry entry = remembered.isEmpty() ? null : remembered.get(key);
    return isOver(entry, now) ? null : entry;
  }

  void forget(FlightKey key) {
    remembered.remove(key);
  }

  private static final class Entry {
    private final FlightKey key;
    private final long end;
    private volatile boolean nowhere;

    private Entry(FlightKey key, long end) {
      this.key = key;
      this.end = end;
    }
  }
}
