package org.cistern.camel.engine;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;

/** The management port: metrics for Prometheus, and health for whoever starts and stops us. */
public final class ManagementServer {

  private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final Vertx vertx;
  private final CamelContext context;
  private final Supplier<String> metrics;
  private final BooleanSupplier draining;
  private final HttpServer server;

  /**
   * Makes the server; it does not listen yet.
   *
   * @param metrics gives the metrics in the text format of Prometheus
   * @param draining tells whether the gateway is going down
   */
  public ManagementServer(
      Vertx vertx, CamelContext context, Supplier<String> metrics, BooleanSupplier draining) {
    this.vertx = vertx;
    this.context = context;
    this.metrics = metrics;
    this.draining = draining;
    this.server = vertx.createHttpServer().requestHandler(this::answer);
  }

  /** Begins to listen; fails where the port is taken. */
  public Future<Void> listen(int port, String host) {
    return server.listen(port, host).mapEmpty();
  }

  /** Returns the port it listens on. */
  public int port() {
    return server.actualPort();
  }

  /** Stops listening. */
  public Future<Void> close() {
    return server.close();
  }

  private void answer(HttpServerRequest request) {
    switch (request.path()) {
      case "/observe/metrics" -> onWorker(request, METRICS_TYPE, metrics);
      case "/observe/health" -> health(request, () -> HealthCheckHelper.invoke(context));
      case "/observe/health/live" ->
          health(request, () -> HealthCheckHelper.invokeLiveness(context));
      case "/observe/health/ready" ->
          health(request, () -> HealthCheckHelper.invokeReadiness(context));
      default -> request.response().setStatusCode(404).end();
    }
  }

  private void onWorker(HttpServerRequest request, String type, Supplier<String> text) {
    vertx
        .executeBlocking(text::get, false)
        .onSuccess(body -> request.response().putHeader("content-type", type).end(body))
        .onFailure(cause -> request.response().setStatusCode(500).end());
  }

  private void health(HttpServerRequest request, Supplier<Collection<HealthCheck.Result>> checks) {
    vertx
        .executeBlocking(checks::get, false)
        .onSuccess(results -> write(request, results))
        .onFailure(cause -> request.response().setStatusCode(500).end());
  }

  private void write(HttpServerRequest request, Collection<HealthCheck.Result> results) {
    boolean leaving = draining.getAsBoolean() && !request.path().endsWith("/live");
    boolean up = !leaving && HealthCheckHelper.isResultsUp(results, true);
    JsonArray checks = new JsonArray();
    results.forEach(result -> checks.add(check(result)));
    JsonObject body = new JsonObject().put("status", up ? "UP" : "DOWN").put("checks", checks);
    if (leaving) {
      body.put("reason", "draining");
    }
    request
        .response()
        .setStatusCode(up ? 200 : 503)
        .putHeader("content-type", "application/json")
        .end(body.toBuffer());
  }

  private static JsonObject check(HealthCheck.Result result) {
    JsonObject check =
        new JsonObject()
            .put("name", result.getCheck().getId())
            .put("status", result.getState().name());
    result.getMessage().ifPresent(message -> check.put("message", message));
    return check;
  }
}
