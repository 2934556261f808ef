package org.cistern.camel.call;

import io.netty.handler.codec.http.HttpRequestDecoder;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * Requests that came as HTTP/1.1 and are answered as HTTP/2 (RFC 7540 section 3.2): head and body
 * still are what HTTP/1.1 makes of them.
 */
public final class ByUpgrade {

  private ByUpgrade() {}

  /** Tells whether a request over HTTP/2 is such a one, as long as its body has not ended. */
  public static boolean is(HttpServerRequest request) {
    ConnectionBase connection = (ConnectionBase) request.connection();
    return connection.channel().pipeline().get(HttpRequestDecoder.class) != null;
  }
}
