package org.cistern.rule;

/** When the lower tiers are written. */
public enum WritePolicy {
  /** Before the last byte goes to the client, each tier within its budget. */
  THROUGH,
  /** Queued at once; a full queue drops, counted. */
  BEHIND,
  /** When L1 evicts by size, every 30 s, and before the L1 life ends. */
  BACK
}
