package org.cistern.camel.engine;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpConsumer;
import org.jspecify.annotations.Nullable;

/** Camel's own consumer, on its worker thread; its requests enter through a router of Vert.x. */
final class ClaimingConsumer extends VertxPlatformHttpConsumer {

  private final Doors doors;
  private final Routers.Bound bound;
  private @Nullable Door door;

  ClaimingConsumer(
      PlatformHttpEndpoint endpoint, Processor processor, Routers.Bound bound, Doors doors) {
    super(endpoint, new OwnAnswer(processor), List.of(), bound.name());
    OwnHeaders.guard(endpoint);
    setExceptionHandler(new LoggedOnce());
    this.doors = doors;
    this.bound = bound;
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    bound.router().getRoutes().forEach(ClaimingConsumer::letHeadIn);
    door = door();
    doors.open(door);
  }

  /** The doors have GET stand for HEAD, where no route names it. */
  private static void letHeadIn(Route route) {
    if (route.methods() != null && route.methods().contains(HttpMethod.GET)) {
      route.method(HttpMethod.HEAD);
    }
  }

  private Door door() {
    return new Door(
        () -> FrontOptions.route(getEndpoint()),
        FrontOptions.path(getEndpoint()),
        FrontOptions.methods(getEndpoint()),
        true,
        request -> bound.router().handle(HeadRequest.of(request)),
        List.of());
  }

  @Override
  protected Future<Void> populateCamelMessage(
      RoutingContext passing, Exchange exchange, Message message) {
    return super.populateCamelMessage(passing, exchange, message)
        .onSuccess(nothing -> giveAsItIs(passing, message));
  }

  /** Camel takes for a form, and leaves out, what only looks like one. */
  private static void giveAsItIs(RoutingContext passing, Message message) {
    if (message.getBody() == null && !passing.request().isExpectMultipart()) {
      message.setBody(passing.body().buffer());
    }
  }

  @Override
  protected void doStop() throws Exception {
    if (door != null) {
      doors.close(door);
      door = null;
    }
    super.doStop();
  }

  @Override
  protected void doShutdown() throws Exception {
    super.doShutdown();
    Routers.unbind(getEndpoint().getCamelContext(), bound);
  }
}
