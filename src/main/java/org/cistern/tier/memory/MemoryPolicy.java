package org.cistern.tier.memory;

import java.time.InstantSource;
import java.util.Locale;

/** What leaves memory first when there is no room. */
public enum MemoryPolicy {
  /** What is asked for rarely, by a sketch of the past that fades (W-TinyLFU). */
  TINYLFU,
  /** What was used longest ago. */
  LRU,
  /** What was used least often. */
  LFU,
  /** What would die soonest. */
  TTL;

  /** Returns an empty map that goes by this policy. */
  EntryMap map(long maxWeight, InstantSource clock, EntryMap.Departures departures) {
    return switch (this) {
      case TINYLFU -> new TinyLfuMap(maxWeight, clock, departures);
      case LRU -> new RankedMap(maxWeight, Ranking.RECENCY, departures);
      case LFU -> new RankedMap(maxWeight, Ranking.FREQUENCY, departures);
      case TTL -> new RankedMap(maxWeight, Ranking.LIFE, departures);
    };
  }

  /** Returns the name used in settings. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
