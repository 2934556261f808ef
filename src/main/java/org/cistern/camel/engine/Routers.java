package org.cistern.camel.engine;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.cistern.camel.call.Bodies;
import org.cistern.camel.call.Expectation;
import org.cistern.camel.engine.body.BodyHandler;
import org.cistern.camel.engine.body.FormFiles;

/**
 * The routers of Vert.x, one for each route that Camel's own consumer runs: one for them all would
 * choose by the order in which they were started.
 */
final class Routers {

  private final Vertx vertx;
  private final Handler<RoutingContext> first;
  private final Failures failures;
  private final Bodies bodies;
  private final AtomicInteger count = new AtomicInteger();
  private final FormFiles files = new FormFiles();

  /**
   * Makes none yet.
   *
   * @param first sees each request before its route
   * @param failures answers where the route does not
   * @param bodies how many bytes of a body a route gets to read
   */
  Routers(Vertx vertx, Handler<RoutingContext> first, Failures failures, Bodies bodies) {
    this.vertx = vertx;
    this.first = first;
    this.failures = failures;
    this.bodies = bodies;
  }

  /**
   * A router and where Camel finds it.
   *
   * @param name its name in the registry
   * @param router the router
   */
  record Bound(String name, Router router) {}

  /** Makes one and puts it into the registry of its context. */
  Bound bind(PlatformHttpEndpoint endpoint) {
    String name = "cistern-router-" + count.incrementAndGet();
    Router router = router(endpoint.isUseStreaming());
    BodyHandler reader = new BodyHandler(files.folder(), bodies);
    WorkerRouter named = new WorkerRouter(vertx, router, name, reader);
    endpoint.getCamelContext().getRegistry().bind(name, named);
    return new Bound(name, router);
  }

  private Router router(boolean streaming) {
    Router router = Router.router(vertx);
    Route route = router.route().order(Integer.MIN_VALUE).handler(first).failureHandler(failures);
    if (streaming) {
      // Nothing reads the body before the route does, so nothing else says that it may come.
      route.handler(Routers::invite);
    }
    failures.guard(router);
    return router;
  }

  private static void invite(RoutingContext passing) {
    Expectation.meet(passing.request());
    passing.next();
  }

  /** Takes one out of the registry again. */
  static void unbind(CamelContext context, Bound bound) {
    context.getRegistry().unbind(bound.name());
  }

  /** Has what the routes have on disk in this folder. */
  void keepIn(Path storage) {
    files.keepIn(storage);
  }

  /** Removes what the routes had on disk. */
  void close() {
    files.close();
  }
}
