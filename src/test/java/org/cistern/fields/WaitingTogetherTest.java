package org.cistern.fields;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.http.HttpServerRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.cistern.http.uri.Target;
import org.cistern.purge.Purge;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that wait for one another's answer, and what each may be given in the end. */
class WaitingTogetherTest {

  private static final String RULES =
      """
      rules:
      - {id: all, path_pattern: /**, cache_ttl: 10s, stale_if_error: 1h}
      """;

  private final BlockingQueue<HttpServerRequest> held = new LinkedBlockingQueue<>();
  private Door door;

  @BeforeEach
  void start(@TempDir Path folder) {
    door = new Door(folder, RULES);
  }

  @AfterEach
  void stop() {
    door.close();
  }

  private CompletableFuture<HttpResponse<String>> later(String path, String... headers) {
    return CompletableFuture.supplyAsync(() -> door.get(path, headers));
  }

  private HttpServerRequest next() throws InterruptedException {
    HttpServerRequest request = held.poll(10, TimeUnit.SECONDS);
    if (request == null) {
      throw new AssertionError("the origin was not asked");
    }
    return request;
  }

  private void joined() {
    await().until(() -> door.gateway().metrics().contains("event=\"joined\""));
  }

  /** The answers of before, which are stale by then; from now on the origin holds what comes. */
  private void stale(String path, String... values) {
    door.api()
        .on(
            path,
            (request, number) ->
                Api.say(
                    request,
                    200,
                    "old " + request.getHeader("X-V"),
                    "Vary",
                    "X-V",
                    "ETag",
                    "\"" + request.getHeader("X-V") + "\""));
    for (String value : values) {
      door.body(path, "X-V", value);
    }
    door.pass(Duration.ofSeconds(20));
    door.api().on(path, (request, number) -> held.add(request));
  }

  @Test
  void whatWasPurgedWhileItWaitedIsNotValidatedAfterwards() throws Exception {
    stale("/a", "one", "two");
    CompletableFuture<HttpResponse<String>> first = later("/a", "X-V", "one");
    HttpServerRequest forOne = next();
    CompletableFuture<HttpResponse<String>> second = later("/a", "X-V", "two");
    joined();
    Target target = new Target("http", "localhost:" + door.gateway().port(), "/a", null);
    door.gateway().purge(new Purge(new Purge.Scope.Uri(target), true));
    Api.say(forOne, 200, "new one", "Vary", "X-V");
    HttpServerRequest forTwo = next();
    assertThat(forTwo.getHeader("If-None-Match")).isNull();
    Api.say(forTwo, 200, "new two", "Vary", "X-V");
    assertThat(first.join().body()).isEqualTo("new one");
    assertThat(second.join().body()).isEqualTo("new two");
  }

  @Test
  void aStaleAnswerStandsInOnlyForThoseThatPermitIt() throws Exception {
    stale("/a", "one");
    CompletableFuture<HttpResponse<String>> first = later("/a", "X-V", "one");
    HttpServerRequest leading = next();
    CompletableFuture<HttpResponse<String>> strict =
        later("/a", "X-V", "one", "Cache-Control", "no-cache");
    joined();
    Api.say(leading, 503, "");
    assertThat(first.join().body()).isEqualTo("old one");
    Api.say(next(), 503, "");
    assertThat(strict.join().statusCode()).isEqualTo(503);
  }

  @Test
  void aStaleAnswerThatStandsInForManyIsCalledStaleForEach() throws Exception {
    stale("/a", "one");
    CompletableFuture<HttpResponse<String>> first = later("/a", "X-V", "one");
    HttpServerRequest leading = next();
    CompletableFuture<HttpResponse<String>> second = later("/a", "X-V", "one");
    joined();
    Api.say(leading, 503, "");
    assertThat(first.join().headers().firstValue("cache-status").orElse(""))
        .contains("stale-if-error");
    assertThat(second.join().headers().firstValue("cache-status").orElse(""))
        .contains("stale-if-error");
  }
}
