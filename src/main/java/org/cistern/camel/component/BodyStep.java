package org.cistern.camel.component;

import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.cistern.camel.call.Bodies;
import org.cistern.camel.call.Call;
import org.cistern.camel.service.Services;

/**
 * Collects the body, of the request before the answer and of the reply after it, for steps that
 * read it. The loader does the same by itself before the steps that it knows to read.
 */
final class BodyStep extends Step {

  private final Bodies bodies;

  BodyStep(CisternEndpoint endpoint, Services services) {
    super(endpoint);
    this.bodies = services.bodies();
  }

  @Override
  boolean run(Call call, Exchange exchange, AsyncCallback callback) {
    if (bodies.ready(exchange, call)) {
      return true;
    }
    bodies.collect(exchange, call, () -> callback.done(false));
    return false;
  }
}
