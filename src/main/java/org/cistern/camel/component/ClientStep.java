package org.cistern.camel.component;

import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.cistern.camel.call.Call;
import org.cistern.camel.call.ClientCall;

/** A step of the front route, which works on a client's call. */
abstract class ClientStep extends Step {

  private final String name;

  ClientStep(CisternEndpoint endpoint) {
    super(endpoint);
    this.name = endpoint.getEndpointUri();
  }

  @Override
  final boolean run(Call call, Exchange exchange, AsyncCallback callback) {
    if (call instanceof ClientCall client) {
      return run(client, exchange, callback);
    }
    throw new IllegalStateException(
        name + " stands in route " + exchange.getFromRouteId() + "; it belongs in the front route");
  }

  /** Does the work on the call, as {@link Step#run} has it. */
  abstract boolean run(ClientCall call, Exchange exchange, AsyncCallback callback);
}
