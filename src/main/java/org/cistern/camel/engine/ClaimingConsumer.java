package org.cistern.camel.engine;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Set;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpConsumer;
import org.jspecify.annotations.Nullable;

/** Camel's own consumer, on its worker thread; its requests enter through the router of Vert.x. */
final class ClaimingConsumer extends VertxPlatformHttpConsumer {

  private final Doors doors;
  private final Handler<HttpServerRequest> handler;
  private @Nullable Door door;

  ClaimingConsumer(
      PlatformHttpEndpoint endpoint,
      Processor processor,
      String router,
      Doors doors,
      Handler<HttpServerRequest> handler) {
    super(endpoint, new OwnAnswer(processor), List.of(), router);
    OwnHeaders.guard(endpoint);
    this.doors = doors;
    this.handler = handler;
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    door = door();
    doors.open(door);
  }

  /** It takes every method: what the router refuses there is not for another route to have. */
  private Door door() {
    return new Door(
        () -> FrontOptions.route(getEndpoint()),
        FrontOptions.path(getEndpoint()),
        Set.of(),
        handler,
        List.of());
  }

  @Override
  protected void doStop() throws Exception {
    if (door != null) {
      doors.close(door);
      door = null;
    }
    super.doStop();
  }
}
