package org.cistern.camel.engine.form;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/** What a client waits for before it sends a body (RFC 9110 section 10.1.1). */
public final class Expectation {

  private Expectation() {}

  /** Says 100 where it is waited for; what is met once is none any more. */
  public static void meet(HttpServerRequest request) {
    if (request.headers().contains(HttpHeaders.EXPECT)
        && request.version() != HttpVersion.HTTP_1_0) {
      request.response().writeContinue();
      request.headers().remove(HttpHeaders.EXPECT);
    }
  }
}
