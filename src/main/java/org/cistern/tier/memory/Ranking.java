package org.cistern.tier.memory;

/**
 * How a {@link RankedMap} values an entry: the lowest goes first, among equals the one used longest
 * ago.
 */
@FunctionalInterface
interface Ranking {

  /** Nothing but the last use counts. */
  Ranking RECENCY = (slot, uses) -> 0;

  /** The number of uses counts. */
  Ranking FREQUENCY = (slot, uses) -> uses;

  /** The end of life counts. */
  Ranking LIFE = (slot, uses) -> slot.until().getEpochSecond();

  /** Returns the rank of a slot that was stored or asked for so many times. */
  long rank(Slot slot, long uses);
}
