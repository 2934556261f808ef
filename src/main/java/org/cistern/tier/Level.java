package org.cistern.tier;

/** The tiers by their place, nearest first. */
public enum Level {
  /** Memory. */
  L1("l1"),
  /** Redis. */
  L2("l2"),
  /** Disk. */
  L3("l3");

  private final String label;

  Level(String label) {
    this.label = label;
  }

  /** Returns the short name used in metrics, logs and {@code Cache-Status}. */
  public String label() {
    return label;
  }
}
