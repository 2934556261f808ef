package org.cistern.flight;

import org.cistern.upstream.message.UpstreamFailure;

/**
 * Hears what happens in flights, to count it. Called on event loops, from several threads, and must
 * be quick; every method speaks of one request or one flight of the rule named.
 */
public interface FlightEvents {

  /** Hears nothing. */
  FlightEvents NONE = new FlightEvents() {};

  /** A flight began, for a waiting request or for a refresh without one. */
  default void started(String rule, boolean refresh) {}

  /** A request joined a flight that was under way. */
  default void joined(String rule) {}

  /** A request went to the upstream by itself. */
  default void alone(String rule, Alone reason) {}

  /** A request got no answer: upstream failure, time-out, or too many waiting. */
  default void failed(String rule, UpstreamFailure.Kind kind) {}

  /** A stream was broken off before its end. */
  default void reset(String rule, StreamReset.Cause cause) {}

  /** A body streamed through unstored because all fills together hold what they may. */
  default void overBudget(String rule) {}

  /** A body streamed through unstored because it is larger than its rule keeps. */
  default void tooLarge(String rule) {}

  /** A purge covered an answer while it was fetched; it was not stored. */
  default void purgedInFlight(String rule) {}

  /** Making or storing an answer threw; its readers have it nevertheless. */
  default void unstored(String rule, RuntimeException failure) {}

  /** An answer arrived whole and was handed to the tiers. */
  default void kept(String rule, long bytes) {}
}
