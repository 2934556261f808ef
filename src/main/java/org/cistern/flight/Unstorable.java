package org.cistern.flight;

import java.util.concurrent.ConcurrentHashMap;

/** Keys whose answer could not be stored a moment ago; bounded, and forgetful by design. */
final class Unstorable {

  private final ConcurrentHashMap<FlightKey, Long> until = new ConcurrentHashMap<>();
  private final long nanos;
  private final int max;

  Unstorable(FlightLimits limits) {
    this.nanos = limits.memory().toNanos();
    this.max = limits.remembered();
  }

  void remember(FlightKey key, long now) {
    if (until.size() >= max) {
      makeRoom(now);
    }
    until.put(key, now + nanos);
  }

  boolean remembers(FlightKey key, long now) {
    Long end = until.isEmpty() ? null : until.get(key);
    if (end == null) {
      return false;
    }
    if (end - now > 0) {
      return true;
    }
    until.remove(key, end);
    return false;
  }

  void forget(FlightKey key) {
    until.remove(key);
  }

  private void makeRoom(long now) {
    until.values().removeIf(end -> end - now <= 0);
    // Whoever is dropped too early only waits for a head once more.
    var keys = until.keySet().iterator();
    while (until.size() >= max && keys.hasNext()) {
      keys.next();
      keys.remove();
    }
  }
}
