package org.cistern.fields;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.cistern.GatewayUnderTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A stored answer after the origin has said something newer that is not for the store. */
class WithdrawnAnswerTest {

  private static final String RULES =
      """
      rules:
      - {id: small, path_pattern: /small/**, max_size: 12}
      - {id: named, path_pattern: /named/**, identity: ['header:X-Session'], cookies: {ignore: all}}
      - {id: all, path_pattern: /**}
      """;

  private static final String[] RELOAD = {"Cache-Control", "no-cache"};

  private Door door;

  @BeforeEach
  void start(@TempDir Path folder) {
    door = new Door(folder, RULES);
    door.api().on("/a", Api.saying("Cache-Control", "max-age=100"));
    assertThat(door.body("/a")).isEqualTo("v1");
  }

  @AfterEach
  void stop() {
    door.close();
  }

  @ParameterizedTest
  @CsvSource({"404, no-store", "200, private", "200, no-store", "410, no-cache", "404, public"})
  void isNotServedAgain(int status, String directive) {
    door.api().on("/a", Api.saying(status, "Cache-Control", directive));
    assertThat(door.body("/a", RELOAD)).isEqualTo("v2");

    assertThat(door.body("/a")).isEqualTo("v3");
  }

  @ParameterizedTest
  @CsvSource({"404, no-store", "200, private", "200, no-store", "410, no-cache", "404, public"})
  void isNotServedAgainWhereARefreshFindsOut(int status, String directive) {
    String url = "/s";
    door.api().on(url, Api.saying("Cache-Control", "max-age=10, stale-while-revalidate=300"));
    door.body(url);
    door.pass(Duration.ofSeconds(11));
    door.api().on(url, Api.saying(status, "Cache-Control", directive));

    await().until(() -> !door.body(url).equals("v1"));
  }

  @ParameterizedTest
  @CsvSource({"200, X, 1", "200, Expires, 0", "200, Vary, *", "204, X, 1", "301, Expires, 0"})
  void isNotServedAgainOnceOtherContentWasSeen(int status, String name, String value) {
    door.api().on("/a", Api.saying(status, name, value));
    assertThat(door.get("/a", RELOAD).statusCode()).isEqualTo(status);

    door.api().on("/a", Api.saying());
    assertThat(door.body("/a")).isEqualTo("v3");
  }

  @Test
  void doesNotStandInOnceOtherContentWasSeen() {
    door.pass(Duration.ofSeconds(101));
    door.api().on("/a", Api.saying());
    assertThat(door.body("/a")).isEqualTo("v2");
    door.api().on("/a", Api.saying(503));

    assertThat(door.get("/a").statusCode()).isEqualTo(503);
  }

  @ParameterizedTest
  @CsvSource({"302, X, 1", "403, X, 1", "500, Cache-Control, max-age=0"})
  void staysWhereTheNewerOneSaysNothingOfItsContent(int status, String name, String value) {
    door.api().on("/a", Api.saying(status, name, value));
    door.body("/a", RELOAD);

    assertThat(door.body("/a")).isEqualTo("v1");
  }

  @Test
  void staysWhereAHeadHasNoFreshness() {
    door.api().on("/a", Api.saying());
    door.send("HEAD", "/a", RELOAD);

    assertThat(door.body("/a")).isEqualTo("v1");
  }

  @Test
  void isNotServedAgainWhereTheClientLeavesInTheMiddle() throws IOException {
    AtomicReference<HttpServerResponse> open = new AtomicReference<>();
    door.api()
        .on(
            "/a",
            (request, number) -> {
              HttpServerResponse response = request.response().setStatusCode(410);
              response.putHeader("Content-Length", "9").write("part");
              open.compareAndSet(null, response);
            });
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), door.gateway().port())) {
      client
          .getOutputStream()
          .write(
              ("GET /a HTTP/1.1\r\nHost: localhost:"
                      + client.getPort()
                      + "\r\nCache-Control: no-cache\r\n\r\n")
                  .getBytes(US_ASCII));
      assertThat(client.getInputStream().read()).isEqualTo('H');
    }
    await().until(() -> open.get() != null && open.get().closed());
    door.api().on("/a", Api.saying());

    await().until(() -> door.body("/a").equals("v3"));
  }

  @Test
  void staysWhereTheNewerOneBreaksOff() {
    door.api()
        .on(
            "/a",
            (request, number) -> {
              request.response().setStatusCode(410).putHeader("Content-Length", "9").write("part");
              request.connection().close();
            });
    // It may break off before or behind the head's way to the client.
    var broken = catchThrowable(() -> door.body("/a", RELOAD));
    assertThat(door.api().count("/a")).as("asked again: %s", broken).isGreaterThan(1);

    assertThat(door.body("/a")).isEqualTo("v1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"private", "no-store"})
  void isNotServedAgainWhereItHoldsButIsNotForTheStoreAnyMore(String directive) {
    String url = "/e";
    door.api().on(url, Api.saying("Cache-Control", "max-age=100", "ETag", "\"a\""));
    door.body(url);
    door.api()
        .on(
            url,
            (request, number) -> {
              boolean held = request.getHeader("If-None-Match") != null;
              Api.say(
                  request,
                  held ? 304 : 200,
                  "v" + number,
                  "ETag",
                  "\"a\"",
                  "Cache-Control",
                  directive);
            });
    assertThat(door.body(url, RELOAD)).isEqualTo("v1");

    assertThat(door.body(url)).isEqualTo("v3");
  }

  @ParameterizedTest
  @CsvSource({"200, private", "200, no-store", "410, max-age=100", "404, public"})
  void isNotServedAgainWhereAHeadFindsOut(int status, String directive) {
    door.api().on("/a", Api.saying(status, "Cache-Control", directive));
    door.send("HEAD", "/a", RELOAD);

    assertThat(door.body("/a")).isEqualTo("v3");
  }

  @Test
  void isNotServedAgainWhereOneFindsOutThatGoesAlone() {
    door.api().on("/a", Api.saying("Set-Cookie", "a=b"));
    assertThat(door.body("/a", RELOAD)).isEqualTo("v2");
    door.api().on("/a", Api.saying(410));
    assertThat(door.body("/a", RELOAD)).isEqualTo("v3");

    assertThat(door.body("/a")).isEqualTo("v4");
  }

  @Test
  void doesNotStandInForThoseWhoWaitedWithTheOneThatFoundOut() {
    CompletableFuture<HttpServerRequest> held = new CompletableFuture<>();
    door.api()
        .on(
            "/a",
            (request, number) -> {
              if (number == 2) {
                held.complete(request);
              } else {
                Api.say(request, 503, "down");
              }
            });
    CompletableFuture<String> first = CompletableFuture.supplyAsync(() -> door.body("/a", RELOAD));
    held.join();
    CompletableFuture<HttpResponse<String>> second =
        CompletableFuture.supplyAsync(() -> door.get("/a", RELOAD));
    await()
        .until(
            () -> door.gateway().metrics().contains("cistern_flights_total{event=\"joined\"} 1.0"));
    Api.say(held.join(), 410, "gone");

    assertThat(first.join()).isEqualTo("gone");
    assertThat(second.join().statusCode()).isEqualTo(503);
    assertThat(GatewayUnderTest.status(second.join())).doesNotContain("collapsed");
  }

  @Test
  void isNotServedInPartEither() {
    door.api().on("/p", (request, number) -> part(request));
    String range = door.get("/p", "Range", "bytes=0-4").body();
    assertThat(range).isEqualTo("abcde");
    assertThat(door.status("/p", "Range", "bytes=0-4")).contains("; hit");
    door.api().on("/p", Api.saying(410));
    door.body("/p", RELOAD);

    assertThat(door.get("/p", "Range", "bytes=0-4").statusCode()).isEqualTo(410);
  }

  private static void part(HttpServerRequest request) {
    String[] fields = {
      "Content-Range", "bytes 0-4/9", "ETag", "\"a\"", "Cache-Control", "max-age=100"
    };
    Api.say(request, 206, "abcde", fields);
  }

  @Test
  void isNotServedUnderTheKeyOfAllItsQueriesEither() {
    String[] shared = {"Cache-Control", "max-age=100", "No-Vary-Search", "params=(\"x\")"};
    door.api().on("/n", Api.saying(shared));
    door.body("/n?x=1");
    door.pass(Duration.ofSeconds(1));
    door.api().on("/n", Api.saying("Cache-Control", "max-age=100"));
    door.body("/n?x=1", RELOAD);
    door.pass(Duration.ofSeconds(1));
    door.api().on("/n", Api.saying(410));
    door.body("/n?x=1", RELOAD);

    assertThat(door.get("/n?x=1").statusCode()).isEqualTo(410);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 404})
  void isNotServedAgainWhereTheNewerOneTurnsOutTooLarge(int status) {
    door.api().on("/small/a", Api.saying("Cache-Control", "max-age=100"));
    assertThat(door.body("/small/a")).isEqualTo("v1");
    door.api()
        .on(
            "/small/a",
            (request, number) -> {
              HttpServerResponse response = request.response().setStatusCode(status);
              response.putHeader("Cache-Control", "max-age=100").setChunked(true);
              response.end("too much for the rule, " + number);
            });
    door.body("/small/a", RELOAD);

    assertThat(door.body("/small/a")).endsWith("rule, 3");
  }

  @Test
  void doesNotStandInForALaterError() {
    door.pass(Duration.ofSeconds(101));
    door.api().on("/a", Api.saying(410, "Cache-Control", "no-store"));
    assertThat(door.body("/a")).isEqualTo("v2");
    door.api().on("/a", Api.saying(503));

    assertThat(door.get("/a").statusCode()).isEqualTo(503);
  }

  @Test
  void staysForTheOthersWhereTheNewerOneIsForSomebodyWhoGaveAName() {
    door.api().on("/a", Api.saying("Cache-Control", "private"));
    assertThat(door.body("/a", "Cache-Control", "no-cache", "Cookie", "sid=1")).isEqualTo("v2");

    assertThat(door.body("/a")).isEqualTo("v1");
  }

  @ParameterizedTest
  @CsvSource({"404, no-store", "200, private"})
  void staysForTheOthersWhereTheNewerOneIsForSomebodyWhomTheRuleKnows(
      int status, String directive) {
    door.api().on("/named/a", Api.saying("Cache-Control", "max-age=100"));
    door.body("/named/a");
    door.api().on("/named/a", Api.saying(status, "Cache-Control", directive));
    assertThat(door.body("/named/a", "Cache-Control", "no-cache", "X-Session", "1"))
        .isEqualTo("v2");

    assertThat(door.body("/named/a")).isEqualTo("v1");
  }

  @Test
  void staysForTheOthersWhereAHeadOfSomebodyShowsOtherContent() {
    door.api().on("/a", (request, number) -> Api.say(request, 200, "longer " + number));
    door.send("HEAD", "/a", "Cache-Control", "no-cache", "Cookie", "sid=1");

    assertThat(door.body("/a")).isEqualTo("v1");
  }

  @Test
  void isNotServedAgainWhereOneFindsOutWhoseCookieTheRuleIgnores() {
    door.api().on("/named/b", Api.saying("Cache-Control", "max-age=100"));
    door.body("/named/b");
    door.api().on("/named/b", Api.saying(404, "Cache-Control", "no-store"));
    door.body("/named/b", "Cache-Control", "no-cache", "Cookie", "_ga=1");

    assertThat(door.body("/named/b")).isEqualTo("v3");
  }

  @Test
  void staysWhereAnotherUpstreamStandsIn(@TempDir Path other) {
    try (Api fallback = Api.start();
        Door guarded = new Door(other, RULES, "CISTERN_UPSTREAM_FALLBACK_URL", fallback.url())) {
      guarded.api().on("/a", Api.saying("Cache-Control", "max-age=100"));
      assertThat(guarded.body("/a")).isEqualTo("v1");
      guarded.api().on("/a", (request, number) -> request.connection().close());
      fallback.on("/a", Api.saying(404, "Cache-Control", "no-store"));
      assertThat(guarded.get("/a", RELOAD).statusCode()).isEqualTo(404);

      assertThat(guarded.body("/a")).isEqualTo("v1");
    }
  }

  @Test
  void staysWhereTheNewerOneIsAnError() {
    door.api().on("/a", Api.saying(500, "Cache-Control", "no-store"));
    door.body("/a", RELOAD);

    assertThat(door.body("/a")).isEqualTo("v1");
  }
}
