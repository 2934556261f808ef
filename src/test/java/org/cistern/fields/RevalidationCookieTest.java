package org.cistern.fields;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.http.HttpServerRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cookies that an origin sets as it says that a stored answer still holds. */
class RevalidationCookieTest {

  private static final String RULES =
      """
      rules:
      - {id: strip, path_pattern: /strip, set_cookie: strip}
      - {id: all, path_pattern: /**}
      """;

  private static final List<String> SET = List.of("sid=n2", "lang=de");

  private final BlockingQueue<HttpServerRequest> held = new LinkedBlockingQueue<>();
  private Door door;

  @BeforeEach
  void start(@TempDir Path folder) {
    door = new Door(folder, RULES);
    door.api().on("/a", (request, number) -> answer(request, false));
  }

  @AfterEach
  void stop() {
    door.close();
  }

  private static void answer(HttpServerRequest request, boolean setsAlways) {
    boolean known = request.headers().contains("If-None-Match");
    request.response().putHeader("ETag", "\"a\"").putHeader("Cache-Control", "max-age=0");
    if (known || setsAlways) {
      request.response().headers().add("Set-Cookie", SET);
    }
    Api.say(request, known ? 304 : 200, known ? "" : "body");
  }

  private static List<String> cookies(HttpResponse<?> response) {
    return response.headers().allValues("Set-Cookie");
  }

  private HttpServerRequest next() throws InterruptedException {
    HttpServerRequest request = held.poll(10, TimeUnit.SECONDS);
    if (request == null) {
      throw new AssertionError("the origin was not asked");
    }
    return request;
  }

  @Test
  void theClientWhoseRequestWasSentGetsThem() {
    door.get("/a");
    HttpResponse<String> renewed = door.get("/a");

    assertThat(renewed.body()).isEqualTo("body");
    assertThat(renewed.headers().firstValue("Cache-Status").orElse(""))
        .contains("fwd-status=304; stored");
    assertThat(cookies(renewed)).isEqualTo(SET);
  }

  @Test
  void soItDoesWithA304OfItsOwn() {
    door.get("/a");
    HttpResponse<String> renewed = door.get("/a", "If-None-Match", "\"a\"");

    assertThat(renewed.statusCode()).isEqualTo(304);
    assertThat(cookies(renewed)).isEqualTo(SET);
  }

  @Test
  void theStoredAnswerIsWithoutThem() {
    door.get("/a");
    door.get("/a");

    HttpResponse<String> hit = door.get("/a", "Cache-Control", "max-stale=60");
    assertThat(hit.headers().firstValue("Cache-Status").orElse("")).contains("; hit");
    assertThat(cookies(hit)).isEmpty();
  }

  @Test
  void whoWaitedForAnothersRequestDoesNotGetThem() throws Exception {
    door.get("/a");
    door.api().on("/a", (request, number) -> held.add(request));
    CompletableFuture<HttpResponse<String>> first =
        CompletableFuture.supplyAsync(() -> door.get("/a"));
    HttpServerRequest leading = next();
    CompletableFuture<HttpResponse<String>> second =
        CompletableFuture.supplyAsync(() -> door.get("/a"));
    await().until(() -> door.gateway().metrics().contains("event=\"joined\""));
    answer(leading, false);

    assertThat(cookies(first.join())).isNotEmpty();
    assertThat(second.join().body()).isEqualTo("body");
    assertThat(second.join().headers().firstValue("Cache-Status").orElse("")).contains("collapsed");
    assertThat(cookies(second.join())).isEmpty();
  }

  @Test
  void aRuleThatStripsThemFromTheStoreLeavesThemToWhoAskedInBothCases() {
    door.api().on("/strip", (request, number) -> answer(request, true));

    assertThat(cookies(door.get("/strip"))).isEqualTo(SET);
    assertThat(cookies(door.get("/strip"))).isEqualTo(SET);
    assertThat(cookies(door.get("/strip", "Cache-Control", "max-stale=60"))).isEmpty();
  }
}
