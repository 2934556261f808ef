package org.cistern.tier;

/**
 * What a tier tells of its work, for counting. Called on whatever thread does the work, often on
 * the hot path: an implementation neither blocks nor throws.
 */
public interface TierEvents {

  /** Counts nothing. */
  TierEvents NONE = new TierEvents() {};

  /** An answer was found. */
  default void hit(Level level) {}

  /** None was found, for this reason. */
  default void missed(Level level, Found.Miss why) {}

  /** A write has ended like this. */
  default void stored(Level level, Tier.Stored outcome) {}

  /** This many answers have become as durable as the tier makes them. */
  default void committed(Level level, int answers) {}

  /** What the tier stands on was damaged, and set aside or left out; the text names it. */
  default void damaged(Level level, String what) {}

  /** This many answers were dropped at once, for the reason that the text gives. */
  default void dropped(Level level, long answers, String why) {}
}
