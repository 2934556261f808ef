package org.cistern.upstream.exchange;

/** How far an exchange is. */
enum Stage {
  /** In line at the gate. */
  WAITING,
  /** On its way, without a response so far. */
  ASKING,
  /** The response's head was handed over. */
  READING,
  /** Nothing is left to come. */
  OVER
}
