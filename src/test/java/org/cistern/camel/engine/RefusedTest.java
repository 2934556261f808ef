package org.cistern.camel.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.StreamResetException;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.cistern.camel.call.ClientCall;
import org.cistern.camel.call.Refusals;
import org.cistern.camel.engine.log.Beside;
import org.cistern.camel.engine.log.CallListener;
import org.cistern.camel.engine.write.LastLines;
import org.cistern.camel.engine.write.StatusNote;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of a connection when one of its requests is refused. */
class RefusedTest {

  private final Vertx vertx = Vertx.vertx();
  private final CompletableFuture<HttpServerRequest> waiting = new CompletableFuture<>();
  private HttpServer server;
  private HttpClient client;

  @BeforeEach
  void start() {
    server = done(vertx.createHttpServer().requestHandler(this::take).listen(0, "127.0.0.1"));
    client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2ClearTextUpgrade(false)
                .setHttp2MaxPoolSize(1));
  }

  @AfterEach
  void stop() {
    done(vertx.close());
  }

  private void take(HttpServerRequest request) {
    if (request.path().equals("/begun")) {
      request.response().setChunked(true).write("begun");
      refused().with(request, Refusals.problem(500, "Failed", "It failed."));
    } else {
      waiting.complete(request);
    }
  }

  private static Refused refused() {
    return new Refused(new LastLines(StatusNote.FULL, InstantSource.system()), new Nobody());
  }

  @Test
  void aStreamWhoseResponseHasBegunIsResetAndThoseBesideItGoOn() throws Exception {
    Future<Buffer> beside = body("/beside");
    HttpServerRequest open = waiting.get(20, TimeUnit.SECONDS);

    assertThatThrownBy(() -> done(body("/begun"))).hasCauseInstanceOf(StreamResetException.class);
    open.response().end("whole");
    assertThat(done(beside).toString()).isEqualTo("whole");
  }

  private Future<Buffer> body(String path) {
    return client
        .request(HttpMethod.GET, server.actualPort(), "127.0.0.1", path)
        .compose(HttpClientRequest::send)
        .compose(HttpClientResponse::body);
  }

  private static <T> T done(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }

  private static final class Nobody implements CallListener {
    @Override
    public void over(ClientCall call, int status, long nanos) {}

    @Override
    public void beside(Beside request) {}
  }
}
