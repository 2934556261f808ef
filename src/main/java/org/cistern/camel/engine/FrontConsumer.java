package org.cistern.camel.engine;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.spi.UnitOfWorkFactory;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.ExchangeHelper;
import org.apache.camel.support.PluginHelper;
import org.cistern.camel.call.Call;
import org.cistern.camel.call.CallMessage;
import org.cistern.camel.call.ClientCall;
import org.cistern.camel.call.Refusals;
import org.cistern.camel.call.Reply;
import org.cistern.camel.call.RouteReply;
import org.cistern.freshness.Reason;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The consumer of a route that runs on the event loop which the request came on. */
final class FrontConsumer extends DefaultConsumer implements PlatformHttpConsumer {

  private static final Logger LOG = LoggerFactory.getLogger(FrontConsumer.class);

  private static final Supplier<Reply> FAILED =
      () -> Refusals.problem(500, "Route failed", "The route failed; the log has more.");

  private final Doors doors;
  private final Intake intake;
  private final UnitOfWorkFactory units;
  private @Nullable Door door;

  FrontConsumer(PlatformHttpEndpoint endpoint, Processor processor, Doors doors, Intake intake) {
    super(endpoint, processor);
    this.doors = doors;
    this.intake = intake;
    // Asked for once: Camel's own way looks it up in two maps for each request.
    this.units = PluginHelper.getUnitOfWorkFactory(endpoint.getCamelContext());
  }

  @Override
  public PlatformHttpEndpoint getEndpoint() {
    return (PlatformHttpEndpoint) super.getEndpoint();
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    door = door();
    doors.open(door);
  }

  private Door door() {
    PlatformHttpEndpoint endpoint = getEndpoint();
    return new Door(
        () -> FrontOptions.route(getEndpoint()),
        FrontOptions.path(endpoint),
        FrontOptions.methods(endpoint),
        false,
        this::handle,
        FrontOptions.idle(endpoint));
  }

  @Override
  protected void doStop() throws Exception {
    if (door != null) {
      doors.close(door);
      door = null;
    }
    super.doStop();
  }

  private void handle(HttpServerRequest request) {
    ClientCall call = intake.admit(request);
    if (call != null && call.mayEndAtOnce()) {
      // What came together with the head is read before the event loop's next turn.
      call.context().runOnContext(nothing -> settle(call));
    } else if (call != null) {
      begin(call);
    }
  }

  private void settle(ClientCall call) {
    call.settle();
    begin(call);
  }

  private void begin(ClientCall call) {
    try {
      run(call);
    } catch (RuntimeException e) {
      fail(call, e);
    }
  }

  private void fail(ClientCall call, RuntimeException cause) {
    LOG.warn("the request {} could not be run", call, cause);
    if (call.finish()) {
      call.giveUp();
      intake.reply(call, FAILED.get());
    }
  }

  private void run(ClientCall call) {
    Exchange exchange = createExchange(false);
    // InOut would have Camel copy the message into a second one at the end of the route.
    exchange.setPattern(ExchangePattern.InOnly);
    exchange.setIn(new CallMessage(exchange, call));
    exchange.setProperty(Call.PROPERTY, call);
    try {
      exchange.getExchangeExtension().setUnitOfWork(units.createUnitOfWork(exchange));
      getAsyncProcessor().process(exchange, sync -> call.onLoop(() -> finish(exchange, call)));
    } catch (Exception e) {
      exchange.setException(e);
      finish(exchange, call);
    }
  }

  private void finish(Exchange exchange, ClientCall call) {
    if (!call.finish()) {
      return;
    }
    if (exchange.getException() != null || ExchangeHelper.isFailureHandled(exchange)) {
      call.passage().reason(Reason.FAILED);
    }
    made(exchange, call).onComplete(made -> reply(exchange, call, made.result()));
  }

  /** The unit of work ends only here, for its end may close the body that the route has set. */
  private void reply(Exchange exchange, ClientCall call, Reply reply) {
    intake.reply(call, reply);
    doneUoW(exchange);
    releaseExchange(exchange, false);
  }

  private static Future<Reply> made(Exchange exchange, ClientCall call) {
    try {
      return RouteReply.of(exchange, call).otherwise(cause -> FAILED.get());
    } catch (RuntimeException e) {
      LOG.warn("what the route made of {} is not a reply", call, e);
      call.giveUp();
      return Future.succeededFuture(FAILED.get());
    }
  }
}
