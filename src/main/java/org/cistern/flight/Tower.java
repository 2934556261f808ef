package org.cistern.flight;

import java.util.Set;
import java.util.function.LongSupplier;
import org.cistern.answer.Position;
import org.cistern.loop.ByteBudget;
import org.cistern.purge.Coverage;
import org.cistern.purge.Purges;

/**
 * What all flights of a node share.
 *
 * @param purges the purge log
 * @param budget what all fills may hold together
 * @param limits where flights stop
 * @param events who counts
 * @param nanos a clock that only goes forward, in nanoseconds
 */
record Tower(
    Purges purges,
    ByteBudget budget,
    FlightLimits limits,
    FlightEvents events,
    LongSupplier nanos) {

  long now() {
    return nanos.getAsLong();
  }

  /** Tells whether a barrier newer than {@code since} covers what this ticket asks for. */
  boolean covered(Ticket ticket, Set<String> tags, Position since) {
    return purges.covers(ticket.target(), tags, ticket.rule(), ticket.owner(), since)
        != Coverage.NONE;
  }
}
