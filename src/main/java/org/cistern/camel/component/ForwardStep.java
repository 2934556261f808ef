package org.cistern.camel.component;

import io.vertx.core.AsyncResult;
import io.vertx.core.MultiMap;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.cistern.camel.call.Call;
import org.cistern.camel.call.OriginCall;
import org.cistern.http.Headers;
import org.cistern.upstream.Incoming;
import org.cistern.upstream.Outgoing;
import org.cistern.upstream.UpstreamClient;
import org.cistern.upstream.UpstreamFailure;
import org.jspecify.annotations.Nullable;

/**
 * Sends a request to an upstream and takes its response. Passes by where the request has a response
 * already, so that the lines of the upstream route stand in the order in which they are tried.
 */
final class ForwardStep extends Step {

  private final Services services;
  private final String upstream;

  ForwardStep(CisternEndpoint endpoint, Services services, String upstream) {
    super(endpoint);
    this.services = services;
    this.upstream = upstream;
  }

  @Override
  boolean run(Exchange exchange, AsyncCallback callback) {
    if (!(Call.of(exchange) instanceof OriginCall call)) {
      throw new IllegalStateException(
          "cistern:forward stands in route "
              + exchange.getFromRouteId()
              + "; it belongs in the upstream route");
    }
    UpstreamClient client = client();
    if (client == null || call.answered() || call.isCancelled() || spent(call)) {
      return true;
    }
    send(client, call, exchange, callback);
    return false;
  }

  private @Nullable UpstreamClient client() {
    return switch (upstream) {
      case "primary" -> services.upstreams().primary();
      case "fallback" -> services.upstreams().fallback();
      default -> services.upstreams().named(upstream);
    };
  }

  /** A body that went to one upstream cannot go to another one. */
  private static boolean spent(OriginCall call) {
    return call.failure() != null && call.body() != null;
  }

  private void send(
      UpstreamClient client, OriginCall call, Exchange exchange, AsyncCallback callback) {
    call.asking(
        client.send(outgoing(call), sent -> resume(exchange, callback, () -> take(call, sent))));
  }

  private static void take(OriginCall call, AsyncResult<Incoming> sent) {
    if (sent.succeeded()) {
      call.answered(sent.result());
    } else {
      call.failed(failure(sent.cause()));
    }
  }

  private static UpstreamFailure failure(Throwable cause) {
    return cause instanceof UpstreamFailure failure
        ? failure
        : new UpstreamFailure(UpstreamFailure.Kind.CONNECT, String.valueOf(cause.getMessage()));
  }

  private Outgoing outgoing(OriginCall call) {
    return new Outgoing(
        call.method(),
        call.target().pathAndQuery(),
        headers(call.head()),
        services.outgoing().host(call),
        call.body(),
        call.length(),
        call.timeout(),
        call.upgrade(),
        call.client() == null ? null : new Hints(call.client()));
  }

  private static Headers headers(MultiMap head) {
    Headers.Builder headers = Headers.builder();
    head.forEach((name, value) -> headers.add(name, value));
    return headers.build();
  }
}
