package org.cistern.camel.fetch.ask;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeExtension;
import org.apache.camel.ExchangePattern;
import org.apache.camel.spi.UnitOfWorkFactory;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.UnitOfWorkHelper;
import org.cistern.camel.call.Call;
import org.cistern.camel.call.CallMessage;
import org.cistern.camel.call.OriginCall;
import org.cistern.camel.call.Reply;
import org.cistern.camel.call.RouteReply;
import org.cistern.freshness.Verdict;
import org.cistern.upstream.message.Incoming;
import org.cistern.upstream.message.UpstreamFailure;
import org.jspecify.annotations.Nullable;

/** The route that asks an upstream, seen from the step that fetches. */
public final class OriginRoute {

  private final Endpoint endpoint;
  private final AsyncProducer producer;
  private final InstantSource clock;
  private final UnitOfWorkFactory units;

  /** Makes it for the endpoint that a fetch step names. */
  public OriginRoute(Endpoint endpoint, AsyncProducer producer, InstantSource clock) {
    this.endpoint = endpoint;
    this.producer = producer;
    this.clock = clock;
    this.units = PluginHelper.getUnitOfWorkFactory(endpoint.getCamelContext());
  }

  /**
   * Sends a call along the route; the landing is told once, on the call's event loop.
   *
   * @param patience how long the route may take until the response's head
   */
  public void ask(OriginCall call, Duration patience, Consumer<Landing> then) {
    Exchange exchange = endpoint.createExchange(ExchangePattern.InOnly);
    exchange.setIn(new CallMessage(exchange, call));
    exchange.setProperty(Call.PROPERTY, call);
    // Our own unit of work ends once the body is taken, not with the route: it may close the body.
    ExchangeExtension extension = exchange.getExchangeExtension();
    extension.setUnitOfWork(units.createUnitOfWork(exchange));
    new Errand(call, patience, new Endings(exchange, call, then)).run(producer, exchange);
  }

  private final class Endings implements Errand.Endings {

    private final Exchange exchange;
    private final OriginCall call;
    private final Consumer<Landing> then;

    private Endings(Exchange exchange, OriginCall call, Consumer<Landing> then) {
      this.exchange = exchange;
      this.call = call;
      this.then = then;
    }

    @Override
    public void landed() {
      landing(exchange, call)
          .otherwise(cause -> Landing.failed(logged(broken(cause))))
          .onComplete(
              landed -> {
                endUnit(exchange);
                then.accept(landed.result());
              });
    }

    @Override
    public void late() {
      call.cancel();
      // A response may have come before the route hung: it holds a connection.
      call.giveUp();
      String what = "the upstream route did not come to its end in time";
      then.accept(Landing.failed(logged(new UpstreamFailure(UpstreamFailure.Kind.TIMEOUT, what))));
    }

    @Override
    public void tooLate() {
      call.giveUp();
      endUnit(exchange);
    }
  }

  private static void endUnit(Exchange exchange) {
    UnitOfWorkHelper.doneUow(exchange.getUnitOfWork(), exchange);
  }

  /** Never throws: whoever waits would wait forever. */
  private Future<Landing> landing(Exchange exchange, OriginCall call) {
    try {
      CallMessage.of(exchange, call);
      Verdict stale = call.stale();
      return stale == null
          ? answer(exchange, call)
          : Future.succeededFuture(Landing.stale(stale, statusOf(call.reply())));
    } catch (RuntimeException e) {
      call.giveUp();
      return Future.failedFuture(e);
    }
  }

  /** A stale answer stands in for this response, or for none at all (0). */
  private static int statusOf(@Nullable Reply reply) {
    return reply == null ? 0 : reply.status();
  }

  private Future<Landing> answer(Exchange exchange, OriginCall call) {
    Incoming incoming = call.incoming();
    if (incoming == null
        || exchange.getException() != null
        || !(exchange.getMessage() instanceof CallMessage message)
        || message.bodySet()) {
      return byRoute(exchange, call);
    }
    return Future.succeededFuture(Landing.came(edited(incoming, call, message)));
  }

  /** The route answered by itself: another Camel endpoint, a static answer, an error. */
  private Future<Landing> byRoute(Exchange exchange, OriginCall call) {
    UpstreamFailure failure = failure(exchange, call);
    if (failure != null) {
      call.giveUp();
      return Future.succeededFuture(Landing.failed(failure));
    }
    Instant now = clock.instant();
    boolean lastResort = call.failure() != null;
    return RouteReply.of(exchange, call)
        .map(made -> Landing.came(new WholeIncoming(made, now, now, lastResort)));
  }

  private @Nullable UpstreamFailure failure(Exchange exchange, OriginCall call) {
    Exception exception = exchange.getException();
    if (exception != null) {
      return logged(broken(exception));
    }
    boolean silent =
        !call.answered()
            && exchange.getMessage() instanceof CallMessage message
            && !isAnswer(message, call)
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

  /** A body that was there for the upstream is not the answer where that failed. */
  private static boolean isAnswer(CallMessage message, OriginCall call) {
    return message.bodySet() && (call.failure() == null || message.isSetOnFailure());
  }

  private UpstreamFailure logged(UpstreamFailure failure) {
    FailureLog.warn(failure, clock.instant());
    return failure;
  }

  static UpstreamFailure broken(Throwable why) {
    if (why instanceof UpstreamFailure failure) {
      return failure;
    }
    return new UpstreamFailure(
        UpstreamFailure.Kind.PROTOCOL, "a step of the upstream route failed: " + why);
  }

  private static Incoming edited(Incoming incoming, OriginCall call, CallMessage message) {
    Reply reply = call.reply();
    ReadStream<Buffer> body = reply == null ? null : reply.live();
    if (reply == null || body == null) {
      return incoming;
    }
    int status = message.status(reply.status());
    boolean same = status == reply.status() && body == incoming.body();
    return same && reply.edits().isEmpty()
        ? incoming
        : new EditedIncoming(incoming, status, reply.headers(), body);
  }
}
