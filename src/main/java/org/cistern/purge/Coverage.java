package org.cistern.purge;

/** What the purge log says of an answer. */
public enum Coverage {
  /** No barrier newer than the answer covers it. */
  NONE,
  /** A soft purge covers it: it is stale. */
  SOFT,
  /** A hard purge covers it: it is gone. */
  HARD
}
