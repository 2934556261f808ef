package org.cistern.monitor;

/** How a request ended, coarsely, for timing. */
public enum RequestOutcome {
  /** Answered from a tier, fresh. */
  HIT("hit"),
  /** Answered from a tier, stale. */
  STALE("stale"),
  /** The upstream was asked. */
  MISS("miss"),
  /** Refused or failed by the gateway. */
  FAILED("failed");

  private final String label;

  RequestOutcome(String label) {
    this.label = label;
  }

  /** Returns the name used in metrics. */
  public String label() {
    return label;
  }
}
