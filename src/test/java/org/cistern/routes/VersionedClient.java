package org.cistern.routes;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.net.URI;
import java.util.concurrent.TimeUnit;

/** Asks once in the version of HTTP that a test names, and shows content even where none may be. */
final class VersionedClient {

  private VersionedClient() {}

  /** Returns the answer, of which the body is here. */
  static HttpClientResponse ask(
      HttpVersion version, HttpMethod method, URI uri, String body, String contentType) {
    Vertx vertx = Vertx.vertx();
    try {
      return done(ask(vertx, version, method, uri, body, contentType));
    } finally {
      done(vertx.close());
    }
  }

  private static Future<HttpClientResponse> ask(
      Vertx vertx,
      HttpVersion version,
      HttpMethod method,
      URI uri,
      String body,
      String contentType) {
    HttpClientOptions options =
        new HttpClientOptions().setProtocolVersion(version).setHttp2ClearTextUpgrade(false);
    return vertx
        .createHttpClient(options)
        .request(method, uri.getPort(), uri.getHost(), uri.getRawPath())
        .map(request -> request.putHeader("content-type", contentType))
        .compose(request -> body.isEmpty() ? request.send() : request.send(Buffer.buffer(body)))
        .compose(answer -> answer.body().map(answer));
  }

  private static <T> T done(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }
}
