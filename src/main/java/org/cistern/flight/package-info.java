/**
 * One flight per key: requests that miss together ask the upstream once.
 *
 * <p>{@link org.cistern.flight.Flights} seats each {@link org.cistern.flight.Passenger} (a waiting
 * request) on the flight of its key, or starts one with the request's own {@link
 * org.cistern.flight.Pilot}. What is HTTP about it (may the answer be stored, does it suit this
 * request) is decided by the caller and comes in through those interfaces; what is here is who
 * waits for whom, how bytes reach all of them, and where it stops. The lock between nodes is a
 * pilot around a pilot: it waits for another node's answer before it asks the upstream.
 */
@NullMarked
package org.cistern.flight;

import org.jspecify.annotations.NullMarked;
