package org.cistern.camel.component;

import java.util.Set;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.cistern.camel.call.Call;
import org.cistern.camel.call.OriginCall;
import org.cistern.camel.call.Reply;

/**
 * Lets a stale answer stand in where the upstream gave none, or a server error, and the answer's
 * directives or its rule allow that (RFC 5861 section 4).
 */
final class StaleStep extends Step {

  private static final Set<Integer> ERRORS = Set.of(500, 502, 503, 504);

  StaleStep(CisternEndpoint endpoint) {
    super(endpoint);
  }

  @Override
  boolean run(Exchange exchange, AsyncCallback callback) {
    if (Call.of(exchange) instanceof OriginCall call && call.standIn() != null && failed(call)) {
      call.useStandIn();
    }
    return true;
  }

  private static boolean failed(OriginCall call) {
    Reply reply = call.reply();
    return reply == null ? call.failure() != null : ERRORS.contains(reply.status());
  }
}
