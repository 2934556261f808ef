package org.cistern.camel.engine;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;
import org.cistern.camel.engine.body.BodyHandler;

/**
 * The router of a route on worker threads. Camel's own has a limit that no setting changes, and
 * leaves the files of every form in the working directory for good.
 */
final class WorkerRouter extends VertxPlatformHttpRouter {

  private final BodyHandler reader;

  WorkerRouter(Vertx vertx, Router router, String name, BodyHandler reader) {
    super(unused(), vertx, router, name);
    this.reader = reader;
  }

  /** The server is another one, of which Camel need not know. */
  private static VertxPlatformHttpServer unused() {
    return new VertxPlatformHttpServer(new VertxPlatformHttpServerConfiguration());
  }

  @Override
  public Handler<RoutingContext> bodyHandler() {
    return reader;
  }
}
