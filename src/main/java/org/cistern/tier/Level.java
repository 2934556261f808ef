package org.cistern.tier;

/** The tiers by their place, nearest first. */
public enum Level {
  /** Memory. */
  L1("l1", "l1_memory"),
  /** Redis. */
  L2("l2", "l2_redis"),
  /** Disk. */
  L3("l3", "l3_persistent");

  private final String label;
  private final String wireName;

  Level(String label, String wireName) {
    this.label = label;
    this.wireName = wireName;
  }

  /** Returns the short name used in metrics, logs and {@code Cache-Status}. */
  public String label() {
    return label;
  }

  /** Returns the name that the admin API uses. */
  public String wireName() {
    return wireName;
  }
}
