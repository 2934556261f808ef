package org.cistern.fields;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An origin that answers each path as told, and by default with a text that is another one each
 * time. It sends no Date, so that it has no other time than the gateway.
 */
public final class Api implements AutoCloseable {

  /** What the origin does with a request. */
  @FunctionalInterface
  public interface Script {

    /**
     * Answers.
     *
     * @param number the how-many-th request of its path it is, from 1
     */
    void answer(HttpServerRequest request, int number);
  }

  private final Vertx vertx;
  private final HttpServer server;
  private final Map<String, Script> scripts = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> counts = new ConcurrentHashMap<>();
  private final List<HttpServerRequest> seen = new CopyOnWriteArrayList<>();

  private Api(Vertx vertx, HttpServer server) {
    this.vertx = vertx;
    this.server = server;
  }

  /** Starts it on a free port. */
  public static Api start() {
    Vertx vertx = Vertx.vertx();
    HttpServer server =
        vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(0));
    Api api = new Api(vertx, server);
    server.requestHandler(api::answer);
    server.listen().toCompletionStage().toCompletableFuture().join();
    return api;
  }

  private void answer(HttpServerRequest request) {
    seen.add(request);
    String path = String.valueOf(request.path());
    int number = counts.computeIfAbsent(path, key -> new AtomicInteger()).incrementAndGet();
    scripts.getOrDefault(path, saying()).answer(request, number);
  }

  /** Returns a script that answers 200 with these headers and a text with the number in it. */
  public static Script saying(String... headers) {
    return saying(200, headers);
  }

  /** Returns a script that answers so with these headers and a text with the number in it. */
  public static Script saying(int status, String... headers) {
    return (request, number) -> say(request, status, "v" + number, headers);
  }

  /** Answers a request. */
  public static void say(HttpServerRequest request, int status, String body, String... headers) {
    HttpServerResponse response = request.response().setStatusCode(status);
    for (int i = 0; i < headers.length; i += 2) {
      response.headers().add(headers[i], headers[i + 1]);
    }
    response.end(body);
  }

  /** Answers this path so from now on. */
  public void on(String path, Script script) {
    scripts.put(path, script);
  }

  /** Returns how many requests of this path have come. */
  public int count(String path) {
    AtomicInteger count = counts.get(path);
    return count == null ? 0 : count.get();
  }

  /** Returns all requests that have come, in their order. */
  public List<HttpServerRequest> seen() {
    return seen;
  }

  /** Returns the URL. */
  public String url() {
    return "http://127.0.0.1:" + server.actualPort();
  }

  @Override
  public void close() {
    server.close().toCompletionStage().toCompletableFuture().join();
    vertx.close();
  }
}
