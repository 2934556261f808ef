package org.cistern.flight;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two thousand real requests for one cold key, over real sockets and several event loops. */
class ManyRequestsTest {

  private static final int REQUESTS = 2000;
  private static final byte[] BODY = Airport.bytes(20_000, 11);

  private final Vertx vertx = Vertx.vertx();
  private final AtomicInteger upstreamRequests = new AtomicInteger();

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void becomeOneUpstreamRequestAndAllAreAnswered() throws Exception {
    List<Future<Buffer>> all = ask(gatewayBefore(this::whole));
    get(Future.join(all));
    assertThat(all).allMatch(body -> Arrays.equals(body.result().getBytes(), BODY));
    assertThat(upstreamRequests).hasValue(1);
  }

  @Test
  void areAllResetOrRefusedWhenTheUpstreamIsCutInMidBody() throws Exception {
    List<Future<Buffer>> all = ask(gatewayBefore(this::cut));
    get(Future.join(all).otherwiseEmpty());
    assertThat(all).allSatisfy(body -> assertThat(body.failed()).isTrue());
  }

  private int gatewayBefore(Handler<HttpServerRequest> upstream) throws Exception {
    int port = get(vertx.createHttpServer().requestHandler(upstream).listen(0)).actualPort();
    SmallGateway.Node node = new SmallGateway.Node(port);
    DeploymentOptions four = new DeploymentOptions().setInstances(4);
    get(vertx.deployVerticle(() -> new SmallGateway(node), four));
    return node.port().get();
  }

  private List<Future<Buffer>> ask(int port) {
    HttpClientOptions pool = new HttpClientOptions().setMaxPoolSize(500).setMaxWaitQueueSize(-1);
    HttpClient client = vertx.createHttpClient(pool);
    return IntStream.range(0, REQUESTS)
        .mapToObj(i -> client.request(HttpMethod.GET, port, "localhost", "/one"))
        .map(request -> request.compose(HttpClientRequest::send))
        .map(response -> response.compose(ManyRequestsTest::okBody))
        .toList();
  }

  private static Future<Buffer> okBody(HttpClientResponse response) {
    return response.statusCode() == 200
        ? response.body()
        : Future.failedFuture("status " + response.statusCode());
  }

  private static <T> T get(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  /**
   * Answers in two parts with a pause before each, so that requests come before, amid and after.
   */
  private void whole(HttpServerRequest request) {
    HttpServerResponse response = half(request);
    vertx.setTimer(200, end -> response.end(Buffer.buffer(BODY).slice(10_000, 20_000)));
  }

  private void cut(HttpServerRequest request) {
    half(request);
    vertx.setTimer(200, end -> request.connection().close());
  }

  private HttpServerResponse half(HttpServerRequest request) {
    upstreamRequests.incrementAndGet();
    HttpServerResponse response = request.response().putHeader("Content-Length", "20000");
    vertx.setTimer(100, id -> response.write(Buffer.buffer(BODY).slice(0, 10_000)));
    return response;
  }
}
