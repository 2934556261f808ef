package org.cistern.camel.guard;

import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.cistern.camel.call.Bodies;
import org.cistern.camel.call.Call;

/** A step of a user's that may read the body: a body that is still coming is collected first. */
final class BodyFirst extends DelegateAsyncProcessor {

  private final Bodies bodies;

  BodyFirst(Processor step, Bodies bodies) {
    super(step);
    this.bodies = bodies;
  }

  @Override
  public boolean process(Exchange exchange, AsyncCallback callback) {
    Call call = Call.find(exchange);
    if (call == null || bodies.ready(exchange, call)) {
      return super.process(exchange, callback);
    }
    bodies.collect(exchange, call, () -> goOn(exchange, callback));
    return false;
  }

  private void goOn(Exchange exchange, AsyncCallback callback) {
    if (exchange.isFailed() || exchange.isRouteStop()) {
      callback.done(false);
      return;
    }
    try {
      super.process(exchange, sync -> callback.done(false));
    } catch (Throwable e) {
      // Whoever looks after errors has gone on already, while the body was collected.
      exchange.setException(e);
      callback.done(false);
    }
  }
}
