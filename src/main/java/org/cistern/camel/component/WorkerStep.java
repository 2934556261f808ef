package org.cistern.camel.component;

import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.cistern.camel.call.Call;
import org.cistern.camel.call.Workers;
import org.cistern.camel.service.Services;

/**
 * Takes what follows in a route to a worker thread, up to the next {@code cistern:} step: for steps
 * of a user's that block where the loader does not know it.
 */
final class WorkerStep extends Step {

  private final Workers workers;

  WorkerStep(CisternEndpoint endpoint, Services services) {
    super(endpoint);
    this.workers = services.workers();
  }

  @Override
  boolean run(Call call, Exchange exchange, AsyncCallback callback) {
    return !workers.run(exchange, () -> callback.done(false));
  }
}
