package org.cistern.camel.component;

import io.vertx.core.Vertx;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

/**
 * Takes what follows in a route to a worker thread, up to the next {@code cistern:} step: for steps
 * of a user's that block where the loader does not know it.
 */
final class WorkerStep extends Step {

  WorkerStep(CisternEndpoint endpoint) {
    super(endpoint);
  }

  @Override
  boolean run(Exchange exchange, AsyncCallback callback) {
    Vertx.currentContext()
        .executeBlocking(
            () -> {
              callback.done(false);
              return null;
            },
            false);
    return false;
  }
}
