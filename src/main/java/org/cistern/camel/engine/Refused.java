package org.cistern.camel.engine;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import org.cistern.camel.call.Refusals;
import org.cistern.camel.call.Reply;

/** Requests that no route sees: each gets its problem, and an HTTP/1 connection ends with it. */
final class Refused {

  private Refused() {}

  /** Answers what the server itself could not read. */
  static void malformed(HttpServerRequest request) {
    with(request, Refusals.malformed(request.decoderResult().cause()));
  }

  static void badRequest(HttpServerRequest request, int status, String sentence) {
    with(request, Refusals.problem(status, "Bad request", sentence));
  }

  /** Writes the problem, unless there is a response already. */
  static void with(HttpServerRequest request, Reply reply) {
    if (request.response().ended() || request.response().headWritten()) {
      request.connection().close();
      return;
    }
    Closing.announce(request);
    request
        .response()
        .setStatusCode(reply.status())
        .putHeader("content-type", "application/problem+json")
        .putHeader("cache-control", "no-store")
        .end(reply.whole())
        .onComplete(written -> close(request));
  }

  private static void close(HttpServerRequest request) {
    if (request.version() != HttpVersion.HTTP_2) {
      request.connection().close();
    }
  }
}
