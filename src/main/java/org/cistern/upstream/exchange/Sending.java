package org.cistern.upstream.exchange;

/** The request's side of an attempt, once a connection stands. */
interface Sending {

  /** Begins to send; a body that is expected waits. */
  void start();

  /** The body may go now. */
  void goOn();

  /** Tells whether a part of the body is still to come. */
  boolean uploading();

  /** Tells whether it waits for a part of the body that whoever asks has not sent yet. */
  boolean starved();

  /** Tells whether the body was read from, so that it cannot be sent again. */
  boolean touched();

  /** Tells whether a byte of a response came. */
  boolean answering();

  /** Tells whether it met a kept connection that was closed meanwhile, which is nobody's fault. */
  boolean stale();

  /** Reads no more of the body; tells whether there would have been more. */
  boolean stop();

  /** Closes the connection, or the stream. */
  void reset();
}
