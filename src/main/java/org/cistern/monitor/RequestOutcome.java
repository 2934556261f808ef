package org.cistern.monitor;

/** How a request ended, coarsely. */
public enum RequestOutcome {
  /** Answered from a tier, fresh; the upstream was not asked. */
  HIT("hit"),
  /** Answered from a tier, stale, whether the upstream was asked in vain or not at all. */
  STALE("stale"),
  /** Answered by the upstream, or from a tier once the upstream had said that nothing changed. */
  MISS("miss"),
  /** Answered by a step of the route; neither a tier nor the upstream had a say. */
  ROUTE("route"),
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
