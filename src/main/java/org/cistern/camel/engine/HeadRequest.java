package org.cistern.camel.engine;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import io.vertx.core.http.impl.HttpServerRequestWrapper;

/** A HEAD over HTTP/2, whose response sends no content whatever its route gives it. */
final class HeadRequest extends HttpServerRequestWrapper {

  private final HttpServerResponse response;

  private HeadRequest(HttpServerRequestInternal request) {
    super(request);
    this.response = HeadResponse.of(request.response());
  }

  /** Returns what a route is to get. Over HTTP/1 the server itself leaves the content out. */
  static HttpServerRequest of(HttpServerRequest request) {
    return request.version() == HttpVersion.HTTP_2 && HttpMethod.HEAD.equals(request.method())
        ? new HeadRequest((HttpServerRequestInternal) request)
        : request;
  }

  @Override
  public HttpServerResponse response() {
    return response;
  }
}
