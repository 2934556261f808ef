package org.cistern.tier.disk;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** When entries were found, kept until the writer has time to write it down. */
final class AccessTimes {

  /** Past this the writer lags, and what is found meanwhile may look unused. */
  private static final int MOST = 65_536;

  private final Map<Long, Long> times = new ConcurrentHashMap<>();

  void used(long id, long millis) {
    if (times.size() < MOST) {
      times.put(id, millis);
    }
  }

  boolean isWorthWriting() {
    return times.size() > MOST / 16;
  }

  /** Returns all times by id, and forgets them. */
  Map<Long, Long> drain() {
    Map<Long, Long> drained = new HashMap<>();
    times.forEach(
        (id, millis) -> {
          // One that is found again meanwhile waits for the next time.
          if (times.remove(id, millis)) {
            drained.put(id, millis);
          }
        });
    return drained;
  }
}
