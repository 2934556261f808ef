package org.cistern.camel.engine;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.cistern.camel.settings.Settings;
import org.jspecify.annotations.Nullable;

/**
 * The management port: metrics for Prometheus, and health for whoever starts and stops us. It has
 * threads of its own, so that it answers while those of the front are stuck.
 */
public final class ManagementServer implements AutoCloseable {

  private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final Vertx vertx;
  private final CamelContext context;
  private final Supplier<String> metrics;
  private final Supplier<List<Condition>> conditions;
  private final BooleanSupplier draining;
  private final HttpServer server;

  /**
   * Makes the server; it does not listen yet.
   *
   * @param settings say when a connection is idle
   * @param metrics gives the metrics in the text format of Prometheus
   * @param conditions gives how the parts of the gateway are
   * @param draining tells whether the gateway is going down
   */
  public ManagementServer(
      Settings settings,
      CamelContext context,
      Supplier<String> metrics,
      Supplier<List<Condition>> conditions,
      BooleanSupplier draining) {
    this.vertx = Vertx.vertx(threads());
    this.context = context;
    this.metrics = metrics;
    this.conditions = conditions;
    this.draining = draining;
    this.server = server(new ManagementDoor(this::answer), settings);
  }

  private HttpServer server(ManagementDoor door, Settings settings) {
    return vertx
        .createHttpServer(ServerOptions.management(settings))
        .connectionHandler(door::connected)
        .requestHandler(door::request);
  }

  private static VertxOptions threads() {
    return new VertxOptions()
        .setPreferNativeTransport(true)
        .setEventLoopPoolSize(1)
        .setWorkerPoolSize(2)
        .setInternalBlockingPoolSize(1)
        .setFileSystemOptions(
            new FileSystemOptions()
                .setFileCachingEnabled(false)
                .setClassPathResolvingEnabled(false));
  }

  /** Begins to listen; fails where the port is taken. */
  public Future<Void> listen(int port, String host) {
    return server.listen(port, host).mapEmpty();
  }

  /** Returns the port it listens on. */
  public int port() {
    return server.actualPort();
  }

  /** Stops listening, and ends its threads. */
  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private void answer(HttpServerRequest request) {
    switch (request.path()) {
      case "/observe/metrics" -> onWorker(request, METRICS_TYPE, metrics);
      case "/observe/health" ->
          health(request, () -> HealthCheckHelper.invoke(context), conditions);
      case "/observe/health/live" ->
          health(request, () -> HealthCheckHelper.invokeLiveness(context), List::of);
      case "/observe/health/ready" ->
          health(request, () -> HealthCheckHelper.invokeReadiness(context), List::of);
      default ->
          ManagementDoor.problem(request, 404, "Not found", "There is nothing of this name.");
    }
  }

  private void onWorker(HttpServerRequest request, String type, Supplier<String> text) {
    vertx
        .executeBlocking(text::get, false)
        .onSuccess(body -> ManagementDoor.end(request, 200, type, Buffer.buffer(body)))
        .onFailure(cause -> failed(request));
  }

  private void health(
      HttpServerRequest request,
      Supplier<Collection<HealthCheck.Result>> checks,
      Supplier<List<Condition>> parts) {
    vertx
        .executeBlocking(() -> found(checks.get(), parts.get()), false)
        .onSuccess(found -> write(request, found))
        .onFailure(cause -> failed(request));
  }

  private static void failed(HttpServerRequest request) {
    ManagementDoor.problem(request, 500, "Not known", "It could not be found out.");
  }

  private static List<Condition> found(
      Collection<HealthCheck.Result> checks, List<Condition> parts) {
    List<Condition> all = new ArrayList<>();
    checks.forEach(result -> all.add(condition(result)));
    all.addAll(parts);
    return all;
  }

  private static Condition condition(HealthCheck.Result result) {
    return new Condition(
        result.getCheck().getId(),
        !HealthCheck.State.DOWN.equals(result.getState()),
        result.getMessage().orElse(null));
  }

  private void write(HttpServerRequest request, List<Condition> found) {
    boolean leaving = draining.getAsBoolean() && !request.path().endsWith("/live");
    boolean up = !leaving && found.stream().allMatch(Condition::up);
    JsonArray checks = new JsonArray();
    found.forEach(condition -> checks.add(condition.json()));
    JsonObject body = new JsonObject().put("status", word(up)).put("checks", checks);
    if (leaving) {
      body.put("reason", "draining");
    }
    ManagementDoor.end(request, up ? 200 : 503, "application/json", body.toBuffer());
  }

  private static String word(boolean up) {
    return up ? "UP" : "DOWN";
  }

  /**
   * How a part of the gateway is.
   *
   * @param name the part
   * @param up whether it does what it is for
   * @param message more of it in a few words, or null
   */
  public record Condition(String name, boolean up, @Nullable String message) {

    private JsonObject json() {
      JsonObject json = new JsonObject().put("name", name).put("status", word(up));
      return message == null ? json : json.put("message", message);
    }
  }
}
