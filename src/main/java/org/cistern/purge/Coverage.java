package org.cistern.purge;

/** What the purge log says of an answer, the mildest first. */
public enum Coverage {
  /** No barrier newer than the answer covers it. */
  NONE,
  /** A soft purge covers it: it is stale. */
  SOFT,
  /** A hard purge covers it: it is gone. */
  HARD;

  /** Returns the harder of the two: a soft purge never lifts a hard one. */
  public Coverage and(Coverage other) {
    return compareTo(other) < 0 ? other : this;
  }
}
