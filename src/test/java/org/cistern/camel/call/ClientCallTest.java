package org.cistern.camel.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.impl.ContextInternal;
import java.lang.reflect.Proxy;
import java.time.Instant;
import org.cistern.http.forwarding.Client;
import org.cistern.http.uri.Target;
import org.cistern.http.uri.TargetParser;
import org.cistern.loop.ByteBudget;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a call holds of the budget for bodies. */
class ClientCallTest {

  private final Vertx vertx = Vertx.vertx();
  private final ByteBudget budget = new ByteBudget(100);
  private final ClientCall call = call();

  @AfterEach
  void close() {
    vertx.close();
  }

  @Test
  void whatItHoldsIsGivenBackWhenItIsOver() {
    assertThat(call.share(budget).take(60)).isTrue();
    assertThat(budget.used()).isEqualTo(60);

    call.leave();
    assertThat(budget.used()).isZero();
  }

  @Test
  void aStepThatBeginsToCollectOnceItIsOverHoldsNothing() {
    call.leave();

    assertThat(call.share(budget).take(60)).isTrue();
    assertThat(budget.used()).isZero();
  }

  private ClientCall call() {
    return new ClientCall(
        request(),
        (ContextInternal) vertx.getOrCreateContext(),
        (Target) TargetParser.parse("GET", "http", "a", "/"),
        new Client("10.0.0.1", "http", "a", "10.0.0.1", false),
        RequestIds.OFF,
        Instant.EPOCH,
        0);
  }

  private static HttpServerRequest request() {
    return (HttpServerRequest)
        Proxy.newProxyInstance(
            HttpServerRequest.class.getClassLoader(),
            new Class<?>[] {HttpServerRequest.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "method" -> HttpMethod.GET;
                  case "version" -> HttpVersion.HTTP_1_1;
                  case "headers" -> MultiMap.caseInsensitiveMultiMap();
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }
}
