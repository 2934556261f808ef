package org.cistern.camel.engine;

import java.util.List;
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
    this.doors = doors;
    this.bound = bound;
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    door = door();
    doors.open(door);
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
