package org.cistern.upstream.message;

/** A request on its way to an upstream. */
public interface Pending {

  /**
   * Gives the request up; on the event loop that asked. Before the response's head the answer is a
   * failure of kind CANCELLED; later nothing more is told. The connection or stream is closed.
   */
  void cancel();
}
