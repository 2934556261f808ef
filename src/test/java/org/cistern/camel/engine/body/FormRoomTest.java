package org.cistern.camel.engine.body;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.cistern.camel.call.Bodies;
import org.cistern.loop.ByteBudget;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What forms with files may hold together on the disk. */
class FormRoomTest {

  private static final int LIMIT = 1 << 20;

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client = vertx.createHttpClient();
  private final List<RoutingContext> held = new CopyOnWriteArrayList<>();
  private HttpServer server;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    Bodies bodies = new Bodies(LIMIT, new ByteBudget(LIMIT), new ByteBudget(1500));
    Router router = Router.router(vertx);
    router.route().handler(new BodyHandler(folder, bodies)).handler(held::add);
    server = of(vertx.createHttpServer().requestHandler(router).listen(0));
  }

  @AfterEach
  void stop() throws Exception {
    of(vertx.close());
  }

  @Test
  void oneFormTooManyIs503UntilTheFilesOfAnotherAreGone() throws Exception {
    Future<HttpClientResponse> first = post("; filename=\"a\"");
    await().until(() -> held.size() == 1);

    assertThat(of(post("; filename=\"b\"")).statusCode()).isEqualTo(503);
    held.get(0).end();
    assertThat(of(first).statusCode()).isEqualTo(200);
    await().until(() -> isTaken("; filename=\"c\""));
  }

  @Test
  void aFormWithoutFilesTakesNoneOfTheDisk() throws Exception {
    assertThat(isTaken("")).isTrue();
    assertThat(isTaken("")).isTrue();
  }

  /** Tells whether a form is read, and not answered yet. */
  private boolean isTaken(String file) {
    int before = held.size();
    Future<HttpClientResponse> answer = post(file);
    await().until(() -> held.size() > before || answer.isComplete());
    return held.size() > before;
  }

  private Future<HttpClientResponse> post(String file) {
    String form =
        "--b\r\nContent-Disposition: form-data; name=\"f\"%s\r\n\r\n%s\r\n--b--\r\n"
            .formatted(file, "x".repeat(1000));
    return client
        .request(HttpMethod.POST, server.actualPort(), "localhost", "/")
        .compose(
            request ->
                request
                    .putHeader("content-type", "multipart/form-data; boundary=b")
                    .send(Buffer.buffer(form)));
  }

  private static <T> T of(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, SECONDS);
  }
}
