package org.cistern.fields;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.cistern.GatewayUnderTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Responses to POST that stand for their target (RFC 9110 section 9.3.3, RFC 9111 section 4). */
class PostedAnswerTest {

  private static final String RULES =
      """
      rules:
      - {id: mine, path_pattern: /mine, user_specific: true}
      - {id: small, path_pattern: /small, max_size: 10}
      - {id: passing, path_pattern: /passing, strategy: none}
      - {id: all, path_pattern: /**}
      """;

  private static final String FRESH = "max-age=60";

  private static Door door;

  @BeforeAll
  static void start(@TempDir Path folder) {
    door = new Door(folder, RULES);
  }

  @AfterAll
  static void stop() {
    door.close();
  }

  private static HttpResponse<String> post(String path, String... headers) {
    return door.gateway().send("POST", path, "a=1", headers);
  }

  private static Api.Script standing(String path) {
    return Api.saying("Content-Location", path, "Cache-Control", FRESH);
  }

  private static void isNotKept(String path, String... headers) {
    assertThat(GatewayUnderTest.status(post(path, headers))).doesNotContain("stored;");
    assertThat(door.status(path)).contains("fwd=");
  }

  @Test
  @DisplayName("9.3.3 MAY: a response with its target as Content-Location answers later GETs")
  void whatStandsForItsTargetAnswersLaterGets() {
    door.api().on("/page", standing("/page"));

    assertThat(post("/page").body()).isEqualTo("v1");
    assertThat(door.status("/page")).contains("; hit");
    assertThat(door.body("/page")).isEqualTo("v1");
    assertThat(post("/page").body()).isEqualTo("v2");
    assertThat(door.body("/page")).isEqualTo("v2");
    assertThat(door.api().count("/page")).isEqualTo(2);
  }

  @Test
  @DisplayName("9211-2.5: the answer to the POST says that it is stored")
  void itsClientIsToldThatItIsStored() {
    door.api().on("/told", standing("/told"));

    assertThat(GatewayUnderTest.status(post("/told")))
        .contains("cistern; fwd=bypass; fwd-status=200; stored;");
  }

  @Test
  void itReplacesWhatWasStored() {
    door.api().on("/replaced", standing("/replaced"));

    assertThat(door.body("/replaced")).isEqualTo("v1");
    post("/replaced");
    assertThat(door.body("/replaced")).isEqualTo("v2");
  }

  @Test
  @DisplayName("9.3.3 MUST: without explicit freshness, or for another target, it is not kept")
  void whatDoesNotSaySoIsNotKept() {
    door.api().on("/bare", Api.saying("Cache-Control", FRESH));
    door.api().on("/undated", Api.saying("Content-Location", "/undated"));
    door.api().on("/elsewhere", standing("/other"));
    door.api()
        .on("/failed", Api.saying(404, "Content-Location", "/failed", "Cache-Control", FRESH));

    isNotKept("/bare");
    isNotKept("/undated");
    isNotKept("/elsewhere");
    isNotKept("/failed");
    assertThat(door.status("/other")).contains("fwd=");
  }

  @Test
  void theRuleOfTheGetAndTheSafeDefaultsDecide() {
    door.api().on("/passing", standing("/passing"));
    door.api().on("/small", standing("/small"));
    door.api()
        .on("/private", Api.saying("Content-Location", "/private", "Cache-Control", "private"));
    door.api()
        .on(
            "/cookie",
            Api.saying(
                "Content-Location", "/cookie", "Cache-Control", FRESH, "Set-Cookie", "sid=1"));
    door.api().on("/named", standing("/named"));
    door.api().on("/override", standing("/override"));

    isNotKept("/passing");
    isNotKept("/private");
    isNotKept("/cookie");
    isNotKept("/named", "Authorization", "Bearer ann");
    isNotKept("/override", "X-HTTP-Method-Override", "DELETE");
    post("/small");
    assertThat(door.status("/small")).contains("; hit");
  }

  @Test
  void whatIsTooLargeReachesTheClientAndIsNotKept() {
    door.api()
        .on(
            "/small",
            (request, number) -> {
              request.response().putHeader("Content-Location", "/small");
              request.response().putHeader("Cache-Control", FRESH).setChunked(true);
              request.response().end("longer than ten bytes");
            });

    assertThat(post("/small").body()).isEqualTo("longer than ten bytes");
    assertThat(door.status("/small")).contains("fwd=");
  }

  @Test
  void whatBreaksOffIsNotKept() {
    door.api()
        .on(
            "/cut",
            (request, number) -> {
              request.response().putHeader("Content-Location", "/cut");
              request.response().putHeader("Cache-Control", FRESH).setChunked(true);
              request.response().write("half").onComplete(written -> request.connection().close());
            });

    assertThatThePostIsCut();
    door.api().on("/cut", standing("/cut"));
    assertThat(door.status("/cut")).contains("fwd=");
  }

  /** It is a problem where the end came before anything was written, and breaks off where not. */
  private static void assertThatThePostIsCut() {
    try {
      assertThat(post("/cut").statusCode()).isEqualTo(502);
    } catch (UncheckedIOException cut) {
      assertThat(cut).hasRootCauseInstanceOf(IOException.class);
    }
  }

  @Test
  void itIsKeptForTheUserWhoPosted() {
    door.api().on("/mine", standing("/mine"));

    post("/mine", "X-API-Key", "ann");
    assertThat(door.status("/mine", "X-API-Key", "ann")).contains("; hit");
    assertThat(door.status("/mine", "X-API-Key", "bob")).contains("fwd=");
  }

  @Test
  void aWriteThatCameMeanwhileKeepsItFromBeingStored() {
    CompletableFuture<Void> written = new CompletableFuture<>();
    door.api()
        .on(
            "/race",
            (request, number) -> {
              if (request.method().name().equals("POST")) {
                written.thenRun(() -> standing("/race").answer(request, number));
              } else {
                Api.say(request, 200, "v" + number, "Cache-Control", FRESH);
              }
            });
    CompletableFuture<HttpResponse<String>> posted =
        HttpClient.newHttpClient()
            .sendAsync(
                HttpRequest.newBuilder(door.gateway().uri("/race"))
                    .POST(HttpRequest.BodyPublishers.ofString("a=1"))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    Awaitility.await().until(() -> door.api().count("/race") == 1);

    door.send("PUT", "/race");
    written.complete(null);

    assertThat(posted.join().body()).isEqualTo("v1");
    assertThat(door.body("/race")).isEqualTo("v3");
  }

  @Test
  void aCodedResponseIsNotKeptForThoseWhoMayNotReadIt() {
    door.api()
        .on(
            "/coded",
            Api.saying(
                "Content-Location", "/coded", "Cache-Control", FRESH, "Content-Encoding", "x-a"));

    isNotKept("/coded");
  }
}
