package org.cistern.tier.memory;

import java.util.LinkedHashMap;
import java.util.Map;
import org.cistern.rule.Key;
import org.jspecify.annotations.Nullable;

/**
 * What one rule with a quota holds: bytes by key, stored longest ago first. Reads never come here.
 */
final class RuleShare {

  private final Map<Key, Long> byKey = new LinkedHashMap<>();
  private long bytes;

  synchronized void put(Key key, long weight) {
    remove(key);
    byKey.put(key, weight);
    bytes += weight;
  }

  synchronized void remove(Key key) {
    Long had = byKey.remove(key);
    bytes -= had == null ? 0 : had;
  }

  synchronized @Nullable Key oldestBeyond(long quota) {
    return bytes > quota ? byKey.keySet().iterator().next() : null;
  }
}
