package org.cistern.camel.component;

import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.cistern.camel.call.Call;
import org.cistern.camel.call.OriginCall;

/**
 * Lets a stale answer stand in where the upstream gave none, or a server error, and the answer's
 * directives or its rule allow that (RFC 5861 section 4).
 */
final class StaleStep extends Step {

  StaleStep(CisternEndpoint endpoint) {
    super(endpoint);
  }

  @Override
  boolean run(Call call, Exchange exchange, AsyncCallback callback) {
    if (call instanceof OriginCall origin) {
      origin.useStandIn();
    }
    return true;
  }
}
