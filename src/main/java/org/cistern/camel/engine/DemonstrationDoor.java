package org.cistern.camel.engine;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;

/**
 * Where the gateway asks the demonstration API: a plain port on loopback of its own, for the front
 * door may speak TLS or the PROXY protocol, or listen elsewhere.
 *
 * @param router knows the routes that claim a path
 * @param port a free port
 */
record DemonstrationDoor(Vertx vertx, Router router, int port) {

  private static final String HOST = "127.0.0.1";
  private static final String PATH = "/demonstration";

  static DemonstrationDoor of(Vertx vertx, Router router) {
    return new DemonstrationDoor(vertx, router, FreePort.resolve(0));
  }

  String url() {
    return "http://" + HOST + ':' + port + PATH;
  }

  Future<Void> listen() {
    return vertx
        .createHttpServer(new HttpServerOptions().setHost(HOST).setPort(port))
        .requestHandler(this::take)
        .listen()
        .mapEmpty();
  }

  /** Other routes are asked at the front door alone, with whatever guards it. */
  private void take(HttpServerRequest request) {
    String path = request.path();
    if (path != null && (path.equals(PATH) || path.startsWith(PATH + '/'))) {
      router.handle(request);
    } else {
      request.response().setStatusCode(404).end();
    }
  }
}
