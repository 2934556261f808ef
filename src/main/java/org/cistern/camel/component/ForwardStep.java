package org.cistern.camel.component;

import io.vertx.core.AsyncResult;
import java.util.TreeSet;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.cistern.camel.call.Call;
import org.cistern.camel.call.OriginCall;
import org.cistern.camel.call.VertxFields;
import org.cistern.camel.fetch.ask.FailureLog;
import org.cistern.camel.forward.Hints;
import org.cistern.camel.service.Services;
import org.cistern.upstream.UpstreamClient;
import org.cistern.upstream.Upstreams;
import org.cistern.upstream.message.Incoming;
import org.cistern.upstream.message.Outgoing;
import org.cistern.upstream.message.UpstreamFailure;
import org.cistern.upstream.options.Upstream;
import org.jspecify.annotations.Nullable;

/**
 * Sends a request to an upstream and takes its response. Passes by where the request has a response
 * already, so that the lines of the upstream route stand in the order in which they are tried.
 */
final class ForwardStep extends Step {

  private static final String FALLBACK = "fallback";

  private final Services services;
  private final String upstream;

  /** Makes a step; {@code primary} asks the upstream of the request's rule. */
  ForwardStep(CisternEndpoint endpoint, Services services, String upstream) {
    super(endpoint);
    this.services = services;
    this.upstream = upstream;
  }

  /**
   * Checks the name that a route gives.
   *
   * @throws IllegalArgumentException with a sentence, where there is no such upstream
   */
  static void check(Upstreams upstreams, String name) {
    if (!name.equals(FALLBACK) && upstreams.named(name) == null) {
      throw new IllegalArgumentException(
          "cistern:forward has upstream '%s'; allowed is one of %s, fallback"
              .formatted(name, String.join(", ", new TreeSet<>(upstreams.names()))));
    }
  }

  @Override
  boolean run(Call call, Exchange exchange, AsyncCallback callback) {
    if (!(call instanceof OriginCall origin)) {
      throw new IllegalStateException(
          "cistern:forward stands in route "
              + exchange.getFromRouteId()
              + "; it belongs in the upstream route");
    }
    UpstreamClient client = client(origin);
    if (client == null || origin.answered() || origin.isCancelled() || spent(origin)) {
      return true;
    }
    send(client, origin, exchange, callback);
    return false;
  }

  private @Nullable UpstreamClient client(OriginCall call) {
    if (upstream.equals(FALLBACK)) {
      return services.upstreams().fallbackOf(call.upstream());
    }
    if (!upstream.equals(Upstreams.PRIMARY)) {
      call.upstream(upstream);
    }
    return services.upstreams().named(call.upstream());
  }

  /** What may have arrived at one upstream is not sent to another one. */
  private static boolean spent(OriginCall call) {
    UpstreamFailure failure = call.failure();
    return failure != null && !failure.repeatable();
  }

  private void send(
      UpstreamClient client, OriginCall call, Exchange exchange, AsyncCallback callback) {
    call.sends();
    Upstream asked = client.upstream();
    call.asking(
        client.send(
            outgoing(call), sent -> resume(exchange, callback, () -> take(call, sent, asked))));
  }

  private void take(OriginCall call, AsyncResult<Incoming> sent, Upstream asked) {
    if (sent.succeeded()) {
      call.answered(sent.result(), asked);
    } else {
      fail(call, sent.cause());
    }
  }

  private void fail(OriginCall call, Throwable cause) {
    UpstreamFailure failure =
        cause instanceof UpstreamFailure known
            ? known
            : new UpstreamFailure(UpstreamFailure.Kind.CONNECT, String.valueOf(cause.getMessage()));
    call.failed(failure);
    if (!failure.kind().isAskers()) {
      FailureLog.warn(failure, services.clock().instant());
    }
  }

  private Outgoing outgoing(OriginCall call) {
    return new Outgoing(
        call.method(),
        call.target().pathAndQuery(),
        new VertxFields(call.head()),
        services.outgoing().host(call, call.upstream()),
        call.body(),
        call.length(),
        call.timeout(),
        call.upgrade(),
        call.client() == null ? null : new Hints(call.client()));
  }
}
