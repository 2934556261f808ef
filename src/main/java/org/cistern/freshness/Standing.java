package org.cistern.freshness;

/** What the purge log says of a stored answer, in the order of its severity. */
public enum Standing {
  /** No purge covers it. */
  GOOD,
  /** A soft purge covers it: it is stale, and may still be validated. */
  STALE,
  /** A hard purge covers it: it is not there. */
  GONE
}
