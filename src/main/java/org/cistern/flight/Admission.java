package org.cistern.flight;

/** What a flight says to a request that would join it. */
enum Admission {
  /** It waits with the others for the head. */
  WAITS,
  /** The head is here already. */
  RIDES,
  /** Too many wait already. */
  FULL,
  /** The flight is closed, or a purge came after its beginning. */
  REFUSED,
  /** There was no flight to join: it starts one. */
  PILOT
}
