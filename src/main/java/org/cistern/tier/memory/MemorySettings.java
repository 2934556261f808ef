package org.cistern.tier.memory;

import java.time.Duration;

/**
 * The bounds of L1.
 *
 * @param maxBytes the most that all answers may weigh together, above 0
 * @param maxEntries the most answers, or 0 for a bound in bytes alone
 * @param ttl the longest that a copy lives where a lower tier keeps one too
 * @param policy what leaves first
 */
public record MemorySettings(long maxBytes, long maxEntries, Duration ttl, MemoryPolicy policy) {

  /**
   * Returns the least that an answer weighs: where entries are bounded each takes at least its
   * share, so that one bound in weight holds both.
   */
  long floor() {
    return maxEntries == 0 ? 0 : -Math.floorDiv(-maxBytes, maxEntries);
  }

  /** Returns the bound in weight, a whole number of floors where entries are bounded. */
  long maxWeight() {
    return maxEntries == 0 ? maxBytes : floor() * maxEntries;
  }
}
