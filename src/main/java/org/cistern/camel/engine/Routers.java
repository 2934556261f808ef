package org.cistern.camel.engine;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;

/**
 * The routers of Vert.x, one for each route that Camel's own consumer runs: one for them all would
 * choose by the order in which they were started.
 */
final class Routers {

  private final Vertx vertx;
  private final Handler<RoutingContext> first;
  private final AtomicInteger count = new AtomicInteger();

  /** Takes what sees each request before its route. */
  Routers(Vertx vertx, Handler<RoutingContext> first) {
    this.vertx = vertx;
    this.first = first;
  }

  /**
   * A router and where Camel finds it.
   *
   * @param name its name in the registry
   * @param router the router
   */
  record Bound(String name, Router router) {}

  /** Makes one and puts it into a context's registry. */
  Bound bind(CamelContext context) {
    String name = "cistern-router-" + count.incrementAndGet();
    Router router = Router.router(vertx);
    router.route().order(Integer.MIN_VALUE).handler(first);
    VertxPlatformHttpServer unused =
        new VertxPlatformHttpServer(new VertxPlatformHttpServerConfiguration());
    context.getRegistry().bind(name, new VertxPlatformHttpRouter(unused, vertx, router, name));
    return new Bound(name, router);
  }

  /** Takes one out of the registry again. */
  static void unbind(CamelContext context, Bound bound) {
    context.getRegistry().unbind(bound.name());
  }
}
