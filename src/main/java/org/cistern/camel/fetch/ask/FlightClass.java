package org.cistern.camel.fetch.ask;

import org.cistern.freshness.Asked;
import org.cistern.http.Fields;
import org.cistern.rule.Key;
import org.cistern.rule.Rule;

/**
 * Which requests wait for one another. Those that name a user on a shared rule, or forbid storing,
 * often bring what cannot be shared; kept apart, they do not make everybody else go alone.
 */
public final class FlightClass {

  private FlightClass() {}

  /** Returns the key under which requests fly together that may share what is brought. */
  public static Key of(Asked asked, Key key) {
    return isApart(asked) ? new Key(key.text() + "|apart") : key;
  }

  /** Tells whether a request flies apart from everybody's. */
  public static boolean isApart(Asked asked) {
    Rule rule = asked.rule();
    boolean shared = rule != null && !rule.key().perUser();
    return (shared && isNamed(asked.request().fields())) || asked.directives().noStore();
  }

  private static boolean isNamed(Fields fields) {
    return fields.has("authorization") || fields.has("cookie") || fields.has("x-api-key");
  }
}
