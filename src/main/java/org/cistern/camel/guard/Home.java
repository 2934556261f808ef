package org.cistern.camel.guard;

import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.cistern.camel.call.Call;

/** The way back from wherever a step ended to the request's own event loop. */
final class Home {

  private Home() {}

  /** Returns a callback that goes on with the route on the request's event loop. */
  static AsyncCallback of(Exchange exchange, AsyncCallback callback) {
    Call call = Call.find(exchange);
    return call == null
        ? sync -> callback.done(false)
        : sync -> call.onLoop(() -> callback.done(false));
  }
}
