package org.cistern.camel.component;

import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.cistern.camel.call.ClientCall;

/** The place of the Redis tier; the request passes by while none is configured. */
final class RedisStep extends ClientStep {

  RedisStep(CisternEndpoint endpoint) {
    super(endpoint);
  }

  @Override
  boolean run(ClientCall call, Exchange exchange, AsyncCallback callback) {
    return true;
  }
}
