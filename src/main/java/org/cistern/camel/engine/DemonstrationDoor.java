package org.cistern.camel.engine;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/**
 * Where the gateway asks the demonstration API: a plain port on loopback of its own, for the front
 * door may speak TLS or the PROXY protocol, or listen elsewhere.
 *
 * @param server listens already: its port has to be known before the upstream is made
 */
record DemonstrationDoor(HttpServer server) {

  private static final String HOST = "127.0.0.1";
  private static final String NAME = "demonstration";
  private static final String PATH = "/" + NAME;

  /** Opens it on a free port; blocks. */
  static DemonstrationDoor open(Vertx vertx, Doors doors) {
    HttpServer server =
        vertx
            .createHttpServer(new HttpServerOptions().setHost(HOST).setPort(0))
            .requestHandler(request -> take(request, doors));
    server.listen().toCompletionStage().toCompletableFuture().join();
    return new DemonstrationDoor(server);
  }

  String url() {
    return "http://" + HOST + ':' + server.actualPort() + PATH;
  }

  /** Other routes are asked at the front door alone, with whatever guards it. */
  private static void take(HttpServerRequest request, Doors doors) {
    String path = request.path();
    Door door = isOurs(path) ? doors.of(path, request.method().name()) : null;
    // Through a wider door the gateway would ask itself.
    if (door != null && door.claims() && door.path().isUnder(NAME)) {
      door.handler().handle(request);
    } else {
      request.response().setStatusCode(404).end();
    }
  }

  private static boolean isOurs(@Nullable String path) {
    return path != null && (path.equals(PATH) || path.startsWith(PATH + '/')) && isPlain(path);
  }

  /** The router would make another path of one with dots or escapes. */
  private static boolean isPlain(String path) {
    return path.indexOf('%') < 0 && !path.contains("/.") && !path.contains("//");
  }
}
