package org.cistern.camel.call;

/**
 * The names by which Camel's components are steered: headers of a route, never fields of a message.
 * Their map of headers knows no case, so neither does this.
 */
final class CamelNames {

  private static final String CAMEL = "Camel";
  private static final String LONG = "org.apache.camel";

  private CamelNames() {}

  /** Tells whether a name is Camel's own. */
  static boolean is(String name) {
    return begins(name, CAMEL) || begins(name, LONG);
  }

  private static boolean begins(String name, String by) {
    return name.regionMatches(true, 0, by, 0, by.length());
  }
}
