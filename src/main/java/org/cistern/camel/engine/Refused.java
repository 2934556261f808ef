package org.cistern.camel.engine;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import org.cistern.camel.call.Refusals;
import org.cistern.camel.call.Reply;
import org.cistern.camel.engine.log.Beside;
import org.cistern.camel.engine.log.CallListener;
import org.cistern.camel.engine.write.BreakOff;
import org.cistern.camel.engine.write.Closing;
import org.cistern.camel.engine.write.LastLines;

/**
 * Requests that no route sees: each gets its problem, and an HTTP/1 connection ends with it.
 *
 * @param last what each gets beside its own lines
 * @param listener hears of each
 */
record Refused(LastLines last, CallListener listener) {

  /** Answers what the server itself could not read, unless the response before was the last. */
  void malformed(HttpServerRequest request) {
    if (!Closing.isAnnounced(request)) {
      with(request, Refusals.malformed(request.decoderResult().cause()));
    }
  }

  void badRequest(HttpServerRequest request, int status, String sentence) {
    with(request, Refusals.problem(status, "Bad request", sentence));
  }

  /** Writes the problem, unless there is a response already. */
  void with(HttpServerRequest request, Reply reply) {
    HttpServerResponse response = request.response();
    if (response.ended() || response.headWritten()) {
      BreakOff.of(request);
      return;
    }
    write(request, reply);
    listener.beside(
        new Beside(
            request,
            last.clock().instant(),
            Entrance.address(request),
            reply.status(),
            "refused",
            0));
  }

  /** Writes it as the first and only one, for whoever hears of the request's end anyway. */
  void write(HttpServerRequest request, Reply reply) {
    HttpServerResponse response = request.response();
    Closing.announce(request);
    reply.lines().addTo(response.headers());
    reply.edits().forEach(edit -> response.putHeader(edit.name(), edit.values()));
    if (!reply.lines().isDated()) {
      response.putHeader("date", last.now());
    }
    String status = last.note().refused();
    if (status != null) {
      response.putHeader("cache-status", status);
    }
    response.setStatusCode(reply.status());
    end(request, reply.whole()).onComplete(written -> Closing.end(request));
  }

  /** What a HEAD is given over HTTP/2 the server sends. */
  private static Future<Void> end(HttpServerRequest request, Buffer whole) {
    HttpServerResponse response = request.response();
    if (!HttpMethod.HEAD.equals(request.method())) {
      return response.end(whole);
    }
    response.putHeader(HttpHeaders.CONTENT_LENGTH, String.valueOf(whole.length()));
    return response.end();
  }
}
