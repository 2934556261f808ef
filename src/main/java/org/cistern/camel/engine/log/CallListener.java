package org.cistern.camel.engine.log;

import org.cistern.camel.call.ClientCall;

/** Hears of every call that is over; runs on the call's event loop and must not block. */
public interface CallListener {

  /**
   * A call is over.
   *
   * @param status the status written
   * @param nanos how long it took, from arrival to the last byte handed to the connection
   */
  void over(ClientCall call, int status, long nanos);

  /** A request is over that no call was made of. */
  void beside(Beside request);
}
