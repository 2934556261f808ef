package org.cistern.camel.engine.write;

import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import org.cistern.camel.call.ClientCall;
import org.cistern.http.HopByHop;

/**
 * HTTP/1 connections that end with the response under way (RFC 9112 section 9.6). Requests that
 * were sent behind it are not answered: their client knows that they were not worked on.
 */
public final class Closing {

  private static final AttributeKey<Boolean> KEY = AttributeKey.valueOf(Closing.class, "closing");

  private static final long NO_ERROR = 0;

  private Closing() {}

  /**
   * Tells whether the client lists {@code close} beside something else, which the server misses; of
   * a lone one it knows, and waits for the request's end.
   */
  public static boolean isWanted(HttpServerRequest request) {
    return request.headers().contains(HttpHeaders.CONNECTION)
        && request.version() != HttpVersion.HTTP_2
        && !request.headers().contains(HttpHeaders.CONNECTION, HttpHeaders.CLOSE, true)
        && HopByHop.closes(request.headers().getAll(HttpHeaders.CONNECTION));
  }

  /** Says in the head of the response that the connection ends; whoever ends the body closes it. */
  static void announce(ClientCall call) {
    call.close();
    announce(call.request());
  }

  /** As for a call. HTTP/2 has GOAWAY for that, and the field is not allowed there. */
  public static void announce(HttpServerRequest request) {
    if (request.version() == HttpVersion.HTTP_2) {
      return;
    }
    connection(request).channel().attr(KEY).set(Boolean.TRUE);
    request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    if (request.version() == HttpVersion.HTTP_1_0) {
      // The server writes keep-alive over it where the client asked for that.
      request
          .response()
          .headersEndHandler(
              head -> request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE));
    }
  }

  /** Tells whether the connection ends with the response to this call. */
  static boolean isAnnounced(ClientCall call) {
    return call.closing() && call.request().version() != HttpVersion.HTTP_2;
  }

  /** Tells whether a response before this one was the connection's last. */
  public static boolean isAnnounced(HttpServerRequest request) {
    return request.version() != HttpVersion.HTTP_2
        && Boolean.TRUE.equals(connection(request).channel().attr(KEY).get());
  }

  /**
   * Ends the connection after the response that was written; of HTTP/2 only its own stream, where
   * the client still sends a body that nobody reads (RFC 9113 section 8.1).
   */
  public static void end(HttpServerRequest request) {
    if (request.version() != HttpVersion.HTTP_2) {
      request.connection().close();
    } else if (!request.isEnded()) {
      request.response().reset(NO_ERROR);
    }
  }

  private static ConnectionBase connection(HttpServerRequest request) {
    return (ConnectionBase) request.connection();
  }
}
