package org.cistern.flight;

import org.cistern.rule.Key;

/**
 * What a flight is for: a key, and the variant where it is a further one of that key.
 *
 * @param key the primary key
 * @param variant the variant's text; empty for the flight that every request tries first
 */
record FlightKey(Key key, String variant) {

  static FlightKey of(Key key) {
    return new FlightKey(key, "");
  }

  /** Returns the key of one variant's flight; never the first flight's, even for empty text. */
  FlightKey variant(String text) {
    return new FlightKey(key, "variant:" + text);
  }
}
