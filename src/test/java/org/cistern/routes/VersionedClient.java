package org.cistern.routes;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.StreamResetException;
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
    return client(vertx, version)
        .request(method, uri.getPort(), uri.getHost(), uri.getRawPath())
        .map(request -> request.putHeader("content-type", contentType))
        .compose(request -> body.isEmpty() ? request.send() : request.send(Buffer.buffer(body)))
        .compose(answer -> answer.body().map(answer));
  }

  private static HttpClient client(Vertx vertx, HttpVersion version) {
    return vertx.createHttpClient(
        new HttpClientOptions().setProtocolVersion(version).setHttp2ClearTextUpgrade(false));
  }

  /** Begins an upload over HTTP/2, and returns how its stream is reset behind a 413. */
  static StreamResetException resetOfUpload(URI uri, int length) {
    Vertx vertx = Vertx.vertx();
    Promise<StreamResetException> reset = Promise.promise();
    try {
      done(
          client(vertx, HttpVersion.HTTP_2)
              .request(HttpMethod.POST, uri.getPort(), uri.getHost(), uri.getRawPath())
              .compose(request -> begin(request, length, reset)));
      return done(reset.future());
    } finally {
      done(vertx.close());
    }
  }

  private static Future<Void> begin(
      HttpClientRequest request, int length, Promise<StreamResetException> reset) {
    request
        .putHeader("content-length", String.valueOf(length))
        .exceptionHandler(cause -> reset.tryComplete((StreamResetException) cause));
    request.write("x");
    return request.response().compose(HttpClientResponse::end);
  }

  private static <T> T done(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }
}
