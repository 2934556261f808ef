package org.cistern.camel.engine;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.SocketAddress;
import java.time.InstantSource;
import org.cistern.camel.call.Refusals;
import org.cistern.camel.call.Reply;

/**
 * Requests that no route sees: each gets its problem, and an HTTP/1 connection ends with it.
 *
 * @param note what Cache-Status says
 * @param listener hears of each
 * @param clock the time
 */
record Refused(StatusNote note, CallListener listener, InstantSource clock) {

  /** Answers what the server itself could not read. */
  void malformed(HttpServerRequest request) {
    with(request, Refusals.malformed(request.decoderResult().cause()));
  }

  void badRequest(HttpServerRequest request, int status, String sentence) {
    with(request, Refusals.problem(status, "Bad request", sentence));
  }

  /** Writes the problem, unless there is a response already. */
  void with(HttpServerRequest request, Reply reply) {
    HttpServerResponse response = request.response();
    if (response.ended() || response.headWritten()) {
      request.connection().close();
      return;
    }
    Closing.announce(request);
    reply.lines().addTo(response.headers());
    String status = note.refused();
    if (status != null) {
      response.putHeader("cache-status", status);
    }
    response.setStatusCode(reply.status()).end(reply.whole()).onComplete(written -> close(request));
    listener.beside(
        new Beside(request, clock.instant(), address(request), reply.status(), "refused", 0));
  }

  private static String address(HttpServerRequest request) {
    SocketAddress address = request.remoteAddress();
    return address == null ? "" : address.hostAddress();
  }

  private static void close(HttpServerRequest request) {
    if (request.version() != HttpVersion.HTTP_2) {
      request.connection().close();
    }
  }
}
