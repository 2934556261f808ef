package org.cistern.flight;

import org.cistern.rule.Key;
import org.jspecify.annotations.Nullable;

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

  // Written out: what the language would write is assembled at run time, in the first request.
  @Override
  public int hashCode() {
    return 31 * key.hashCode() + variant.hashCode();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof FlightKey that && key.equals(that.key) && variant.equals(that.variant);
  }
}
