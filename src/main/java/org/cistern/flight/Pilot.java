package org.cistern.flight;

import java.util.function.Consumer;
import org.cistern.answer.Position;

/** How a flight asks the upstream; every request brings one, and the first of a key flies. */
@FunctionalInterface
public interface Pilot {

  /**
   * Asks the upstream. Called on the context of whoever started the flight, and answered there.
   * Between the look-up that missed and this call another flight may have landed, so a pilot looks
   * into memory once more and answers {@link Outcome.Whole} with what it finds: without that, a
   * request may ask the upstream for what was stored a moment before.
   *
   * @param position the place of the purge log that the flight began at; the answer remembers it
   * @param then takes the outcome; only the first call counts
   */
  void fetch(Position position, Consumer<Outcome> then);
}
