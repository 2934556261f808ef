package org.cistern.upstream.endpoint;

import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.impl.ContextInternal;
import java.util.concurrent.TimeUnit;
import org.cistern.upstream.options.UpstreamOptions.ActiveCheck;
import org.jspecify.annotations.Nullable;

/** The active check: it asks every endpoint now and then, past gate and breaker. */
public final class HealthCheck {

  private final ActiveCheck check;
  private final ContextInternal context;
  private final Endpoints endpoints;
  private final HttpClient http;
  private @Nullable ScheduledFuture<?> schedule;

  /** Makes a check that asks with a client of its own, on the event loop of this context. */
  public HealthCheck(
      ActiveCheck check, ContextInternal context, Endpoints endpoints, HttpClient http) {
    this.check = check;
    this.context = context;
    this.endpoints = endpoints;
    this.http = http;
  }

  /** Asks every endpoint at once, and again after each interval. */
  public void start() {
    long every = check.interval().toMillis();
    schedule =
        context
            .nettyEventLoop()
            .scheduleAtFixedRate(
                () -> context.emit(null, nothing -> endpoints.all().forEach(this::ask)),
                0,
                every,
                TimeUnit.MILLISECONDS);
  }

  /** Asks no more and closes the connections. */
  public Future<Void> stop() {
    if (schedule != null) {
      schedule.cancel(false);
    }
    return http.close();
  }

  private void ask(Endpoint endpoint) {
    RequestOptions options =
        new RequestOptions(endpoint.route())
            .setMethod(HttpMethod.GET)
            .setURI(endpoint.instance().basePath() + check.path())
            .setTimeout(check.interval().toMillis());
    http.request(options)
        .compose(this::status)
        .onComplete(
            status ->
                endpoint.health().checked(status.succeeded() && well(status.result()), check));
  }

  /** The head says it all; the connection is closed rather than waiting for the body. */
  private Future<Integer> status(HttpClientRequest request) {
    return request
        .send()
        .map(
            response -> {
              response.exceptionHandler(reset -> {});
              request.reset();
              return response.statusCode();
            });
  }

  private boolean well(int status) {
    return status >= check.lowest() && status <= check.highest();
  }
}
