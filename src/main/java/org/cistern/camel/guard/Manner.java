package org.cistern.camel.guard;

/** How a step of a route behaves on an event loop. */
enum Manner {
  /** One of our own, or a part of another step: it is left exactly as it is. */
  OURS,
  /** Known not to block: it runs on the event loop, and is timed there. */
  LIGHT,
  /** May block, or is not known: it runs on a worker. */
  BLOCKING
}
