package org.cistern.camel.call;

import io.netty.handler.codec.http.HttpHeaderValues;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/** What a client waits for before it sends a body (RFC 9110 section 10.1.1). */
public final class Expectation {

  private Expectation() {}

  /** Tells whether it waits for a 100. HTTP/1.0 has no such expectation, and nobody any other. */
  static boolean isOf(HttpServerRequest request) {
    String expected = request.getHeader(HttpHeaders.EXPECT);
    return expected != null
        && request.version() != HttpVersion.HTTP_1_0
        && HttpHeaderValues.CONTINUE.contentEqualsIgnoreCase(expected);
  }

  /** Says 100 where it is waited for; what is met once is none any more. */
  public static void meet(HttpServerRequest request) {
    if (isOf(request)) {
      request.response().writeContinue();
      request.headers().remove(HttpHeaders.EXPECT);
    }
  }
}
