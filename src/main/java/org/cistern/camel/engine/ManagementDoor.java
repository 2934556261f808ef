package org.cistern.camel.engine;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.cistern.camel.call.Announced;
import org.cistern.camel.call.Refusals;
import org.cistern.camel.engine.idle.ClientIdle;

/**
 * What may come through the management port: so many connections, none of them idle, and on them
 * GET and HEAD without a body that anybody would read, no faster than the answers are taken.
 */
final class ManagementDoor {

  /** Probes and scrapers are few; what comes beyond these is closed at once. */
  static final int MAX_CONNECTIONS = 256;

  private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);

  private final AtomicInteger open = new AtomicInteger();
  private final Handler<HttpServerRequest> inside;

  ManagementDoor(Handler<HttpServerRequest> inside) {
    this.inside = inside;
  }

  /** Takes a connection, or closes it where there are too many. */
  void connected(HttpConnection connection) {
    if (open.incrementAndGet() > MAX_CONNECTIONS) {
      open.decrementAndGet();
      connection.close();
      return;
    }
    ClientIdle.watch(connection);
    Pace.watch(connection, this::take);
    connection.closeHandler(closed -> open.decrementAndGet());
  }

  /** Takes a request, at the pace at which its client takes the answers. */
  void request(HttpServerRequest request) {
    Pace.begin(request, this::take);
  }

  private void take(HttpServerRequest request) {
    if (READING.contains(request.method())) {
      inside.handle(request);
    } else {
      request.response().putHeader("allow", "GET, HEAD");
      problem(request, 405, "Method not allowed", "Metrics and health are only read.");
    }
  }

  /** Answers with a problem. */
  static void problem(HttpServerRequest request, int status, String title, String detail) {
    Buffer body = Refusals.problem(status, title, detail).whole();
    end(request, status, Refusals.TYPE, body);
  }

  /** Answers. A body that was to follow the request has nobody to read it: its connection ends. */
  static void end(HttpServerRequest request, int status, String type, Buffer body) {
    HttpServerResponse response = request.response().setStatusCode(status);
    response
        .putHeader("content-type", type)
        .putHeader("content-length", String.valueOf(body.length()));
    if (hasBody(request)) {
      response.putHeader("connection", "close");
      response.end(body).onComplete(written -> request.connection().close());
    } else {
      response.end(body);
    }
  }

  private static boolean hasBody(HttpServerRequest request) {
    return Announced.isBody(request) && Announced.length(request) != 0;
  }
}
