package org.cistern.fields;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpServerRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an origin says of {@code Accept-Encoding} in {@code Vary}, where we code ourselves. */
class VaryFieldTest {

  private static final String RULES =
      """
      rules:
      - {id: plain, path_pattern: /plain, compress: false}
      - {id: rest, path_pattern: /**}
      """;

  private static final String FRESH = "max-age=60, stale-while-revalidate=60";

  private Door door;

  @BeforeEach
  void start(@TempDir Path folder) {
    door = new Door(folder, RULES, "CACHE_L3_ENABLED", "false");
    door.api().on("/small", (request, number) -> small(request, "0123456789"));
  }

  @AfterEach
  void stop() {
    door.close();
  }

  /** Answers with a text that is too small to be coded, or that what is known of it still holds. */
  private static void small(HttpServerRequest request, String body) {
    boolean known = request.headers().contains("If-None-Match");
    String[] vary = {"Vary", "Accept-Encoding, X-Kind"};
    String[] none = {};
    request.response().putHeader("Cache-Control", FRESH).putHeader("ETag", "\"x\"");
    request.response().putHeader("Content-Type", "text/plain");
    Api.say(request, known ? 304 : 200, known ? "" : body, known ? none : vary);
  }

  private static String vary(HttpResponse<?> response) {
    return response.headers().firstValue("Vary").orElse("");
  }

  private void saysSo(HttpResponse<?> response, int status, String cacheStatus) {
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("Cache-Status").orElse("")).contains(cacheStatus);
    assertThat(vary(response)).isEqualTo("Accept-Encoding, X-Kind");
  }

  @Test
  void everyAnswerMadeOfASmallOneVariesAsTheOriginSaid() {
    saysSo(door.get("/small"), 200, "stored");
    saysSo(door.get("/small"), 200, "; hit");
    saysSo(door.get("/small", "Accept-Encoding", "gzip"), 200, "; hit");
    saysSo(door.send("HEAD", "/small"), 200, "; hit");
    saysSo(door.get("/small", "If-None-Match", "\"x\""), 304, "; hit");
    saysSo(door.get("/small", "Range", "bytes=2-4"), 206, "; hit");
    door.pass(Duration.ofSeconds(61));
    saysSo(door.get("/small"), 200, "; hit; ttl=-1");
  }

  @Test
  void whatARevalidationRenewedStillVariesSoAndServesEveryCoding() {
    door.get("/small", "Accept-Encoding", "gzip");
    saysSo(door.get("/small", "Cache-Control", "no-cache"), 200, "fwd-status=304");
    saysSo(door.get("/small", "Accept-Encoding", "br"), 200, "; hit");
    assertThat(door.status("/small", "X-Kind", "b")).contains("fwd=vary-miss");
  }

  @Test
  void aRuleThatDoesNotCodeKeepsOneAnswerForEachAcceptEncoding() {
    door.api().on("/plain", (request, number) -> small(request, "0123456789"));
    door.get("/plain", "Accept-Encoding", "gzip");
    saysSo(door.get("/plain", "Accept-Encoding", "gzip"), 200, "; hit");
    assertThat(door.status("/plain", "Accept-Encoding", "br")).contains("fwd=vary-miss");
  }
}
