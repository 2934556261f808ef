package org.cistern.camel.component;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.cistern.camel.call.Call;
import org.cistern.camel.call.CallMessage;
import org.cistern.camel.call.OriginCall;
import org.cistern.camel.call.Reply;
import org.cistern.camel.call.RouteReply;
import org.cistern.freshness.Verdict;
import org.cistern.upstream.Incoming;
import org.cistern.upstream.UpstreamFailure;
import org.jspecify.annotations.Nullable;

/** The route that asks an upstream, seen from the step that fetches. */
final class OriginRoute {

  private final Endpoint endpoint;
  private final AsyncProducer producer;
  private final InstantSource clock;

  OriginRoute(Endpoint endpoint, AsyncProducer producer, InstantSource clock) {
    this.endpoint = endpoint;
    this.producer = producer;
    this.clock = clock;
  }

  /** Sends a call along the route; the landing is told once, on the call's event loop. */
  void ask(OriginCall call, Consumer<Landing> then) {
    Exchange exchange = endpoint.createExchange(ExchangePattern.InOnly);
    exchange.setIn(new CallMessage(exchange, call));
    exchange.setProperty(Call.PROPERTY, call);
    try {
      producer.process(exchange, sync -> call.onLoop(() -> land(exchange, call, then)));
    } catch (RuntimeException e) {
      then.accept(Landing.failed(broken(String.valueOf(e.getMessage()))));
    }
  }

  private void land(Exchange exchange, OriginCall call, Consumer<Landing> then) {
    Verdict stale = call.stale();
    Incoming incoming = call.incoming();
    if (stale != null) {
      then.accept(Landing.stale(stale, call.reply() == null ? 0 : call.reply().status()));
    } else if (incoming != null && exchange.getException() == null && untouched(exchange)) {
      then.accept(Landing.came(edited(incoming, call)));
    } else {
      byRoute(exchange, call, then);
    }
  }

  private static boolean untouched(Exchange exchange) {
    return exchange.getMessage() instanceof CallMessage message && !message.bodySet();
  }

  /** The route answered by itself: another Camel endpoint, a static answer, an error. */
  private void byRoute(Exchange exchange, OriginCall call, Consumer<Landing> then) {
    UpstreamFailure failure = failure(exchange, call);
    if (failure != null) {
      then.accept(Landing.failed(failure));
      return;
    }
    Instant now = clock.instant();
    boolean lastResort = call.failure() != null;
    RouteReply.of(exchange, call)
        .onComplete(
            made ->
                then.accept(Landing.came(new WholeIncoming(made.result(), now, now, lastResort))));
  }

  private static @Nullable UpstreamFailure failure(Exchange exchange, OriginCall call) {
    Exception exception = exchange.getException();
    if (exception != null) {
      return broken(String.valueOf(exception.getMessage()));
    }
    boolean silent =
        exchange.getMessage() instanceof CallMessage message
            && !message.bodySet()
            && message.status(0) == 0;
    if (!silent) {
      return null;
    }
    UpstreamFailure failure = call.failure();
    return failure != null
        ? failure
        : new UpstreamFailure(
            UpstreamFailure.Kind.UNASKED, "no step of the upstream route asked an upstream");
  }

  private static UpstreamFailure broken(String why) {
    return new UpstreamFailure(
        UpstreamFailure.Kind.PROTOCOL, "a step of the upstream route failed: " + why);
  }

  private static Incoming edited(Incoming incoming, OriginCall call) {
    Reply reply = call.reply();
    return reply == null || reply.edits().isEmpty()
        ? incoming
        : new EditedIncoming(incoming, reply.headers());
  }
}
