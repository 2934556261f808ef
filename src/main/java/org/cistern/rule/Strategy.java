package org.cistern.rule;

/** Which tiers an answer is kept in. */
public enum Strategy {
  /** L1 only. */
  MEMORY(true, false, false),
  /** L2 only. */
  REDIS(false, true, false),
  /** L1, L2 and L3. */
  MULTI_LEVEL(true, true, true),
  /** All three; the rule's TTL beats the origin's freshness and the client's {@code no-cache}. */
  AGGRESSIVE(true, true, true),
  /** None: the request passes through, and no later rule speaks of it. */
  NONE(false, false, false);

  private final boolean memory;
  private final boolean redis;
  private final boolean disk;

  Strategy(boolean memory, boolean redis, boolean disk) {
    this.memory = memory;
    this.redis = redis;
    this.disk = disk;
  }

  /** Tells whether answers are kept in L1. */
  public boolean memory() {
    return memory;
  }

  /** Tells whether answers are kept in L2. */
  public boolean redis() {
    return redis;
  }

  /** Tells whether answers are kept in L3. */
  public boolean disk() {
    return disk;
  }
}
