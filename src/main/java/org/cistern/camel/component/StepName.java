package org.cistern.camel.component;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The names of the steps: what follows {@code cistern:} in a route. */
public enum StepName {
  /** Finds the rule, the user and the cache key. */
  match,
  /** Asks the memory tier. */
  l1,
  /** Asks the Redis tier; passes by where none is configured. */
  l2,
  /** Asks the disk tier. */
  l3,
  /** Asks the upstream through a route, one flight per key. */
  fetch,
  /** Makes the last form of the reply. */
  respond,
  /** Sends the request to an upstream; belongs in the upstream route. */
  forward,
  /** Lets a stale answer stand in for a failed upstream; belongs in the upstream route. */
  stale,
  /** Collects the body for the steps that read it. */
  body,
  /** Takes the rest of the route to a worker thread. */
  worker;

  static StepName of(String text) {
    return Arrays.stream(values())
        .filter(step -> step.name().equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(unknown(text)));
  }

  private static String unknown(String text) {
    String known = Arrays.stream(values()).map(Enum::name).collect(Collectors.joining(", "));
    return "cistern:" + text + " is not a step; allowed is one of " + known;
  }
}
