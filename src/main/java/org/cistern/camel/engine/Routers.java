package org.cistern.camel.engine;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;

/**
 * The routers of Vert.x, one for each route that Camel's own consumer runs: one for them all would
 * choose by the order in which they were started.
 */
final class Routers {

  private final Vertx vertx;
  private final Handler<RoutingContext> first;
  private final AtomicInteger count = new AtomicInteger();
  private final FormFiles files = new FormFiles();

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
    context.getRegistry().bind(name, new WorkerRouter(vertx, router, name, files));
    return new Bound(name, router);
  }

  /** Takes one out of the registry again. */
  static void unbind(CamelContext context, Bound bound) {
    context.getRegistry().unbind(bound.name());
  }

  /** Removes what the routes had on disk. */
  void close() {
    files.remove();
  }
}
