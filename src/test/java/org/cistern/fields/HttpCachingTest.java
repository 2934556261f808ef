package org.cistern.fields;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpServerRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("What a client and an origin see of a shared cache (RFC 9111 sections 3, 4 and 5)")
class HttpCachingTest {

  private static final String RULES =
      """
      rules:
      - {id: disk, path_pattern: /disk/**, write_policy: through}
      - {id: all, path_pattern: /**}
      """;

  private static final String TEXT = "{\"text\": 1} ".repeat(400);

  private static Door door;

  @BeforeAll
  static void start(@TempDir Path folder) {
    door = new Door(folder, RULES);
  }

  @AfterAll
  static void stop() {
    door.close();
  }

  private static void says(String path, String... fields) {
    door.api().on(path, Api.saying(fields));
  }

  private static void pass(int seconds) {
    door.pass(Duration.ofSeconds(seconds));
  }

  /** Returns the latest request for a path that the origin has got. */
  private static HttpServerRequest latest(String path) {
    List<HttpServerRequest> seen =
        door.api().seen().stream().filter(request -> path.equals(request.path())).toList();
    return seen.get(seen.size() - 1);
  }

  /** Gives no response to any request from now on. */
  private static void breaks(String path) {
    door.api().on(path, (request, number) -> request.connection().close());
  }

  @Nested
  @DisplayName("MUST: what a cache has to do")
  class Must {

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "Cache-Control|no-store, max-age=60",
          "Cache-Control|private, max-age=60",
          "Cache-Control|No-Store",
          "Expires|0",
          "Expires|Thu, 01 Jan 1970 00:00:00 GMT",
          "X|nothing said of freshness"
        })
    @DisplayName("3, 5.2.2.5, 5.2.2.7, 5.3: not answer from what it may not store or is not fresh")
    void whatMayNotBeStoredIsFetchedEachTime(String name, String value) {
      String path = "/unstored/" + name + value.hashCode();
      says(path, name, value);
      assertThat(door.body(path)).isEqualTo("v1");
      assertThat(door.body(path)).isEqualTo("v2");
    }

    @Test
    @DisplayName("3: not store the response to a method that it does not understand")
    void otherMethodsAreNotStored() {
      says("/methods", "Cache-Control", "max-age=60");
      for (String method : new String[] {"PROPFIND", "FOO", "POST", "OPTIONS"}) {
        door.send(method, "/methods");
        door.send(method, "/methods");
      }
      assertThat(door.api().count("/methods")).isEqualTo(8);
      assertThat(door.body("/methods")).isEqualTo("v9");
    }

    @Test
    @DisplayName(
        "5.2.1.5: not store the response to a request with no-store, nor hand it to others")
    void theClientCanForbidIt() {
      says("/no-store", "Cache-Control", "max-age=60");
      assertThat(door.body("/no-store", "Cache-Control", "no-store")).isEqualTo("v1");
      assertThat(door.body("/no-store")).isEqualTo("v2");
    }

    @Test
    @DisplayName("4: say the age of what it stored, in place of any that came")
    void theAgeIsOurs() {
      says("/age", "Cache-Control", "max-age=100", "Age", "30");
      door.body("/age");
      pass(10);
      HttpResponse<String> hit = door.get("/age");
      assertThat(hit.headers().allValues("age")).containsExactly("40");
      pass(59);
      assertThat(door.body("/age")).isEqualTo("v1");
      pass(1);
      assertThat(door.body("/age")).isEqualTo("v2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "FOO"})
    @DisplayName("4: write unsafe requests through to the origin")
    void unsafeRequestsGoThrough(String method) {
      String path = "/through/" + method;
      says(path, "Cache-Control", "max-age=60");
      door.body(path);
      assertThat(door.send(method, path).body()).isEqualTo("v2");
      assertThat(latest(path).method().name()).isEqualTo(method);
      assertThat(door.send(method, path).body()).isEqualTo("v3");
    }

    @Test
    @DisplayName("4: use the most recent of several answers that suit")
    void theNewestThatSuitsIsUsed() {
      says("/disk/newest", "Cache-Control", "max-age=60", "Vary", "Accept");
      assertThat(door.body("/disk/newest", "Accept", "a/a")).isEqualTo("v1");
      pass(1);
      says("/disk/newest", "Cache-Control", "max-age=60");
      assertThat(door.body("/disk/newest", "Accept", "b/b")).isEqualTo("v2");
      assertThat(door.body("/disk/newest", "Accept", "a/a")).isEqualTo("v2");
      door.restart();
      assertThat(door.status("/disk/newest", "Accept", "a/a")).contains("; hit", "l3");
      assertThat(door.body("/disk/newest", "Accept", "a/a")).isEqualTo("v2");
    }

    @Test
    @DisplayName("4.1: match an absent field with an absent one alone, and white space with none")
    void variantsMatchAsTheyAre() {
      says("/vary", "Cache-Control", "max-age=60", "Vary", "X-A, X-B");
      assertThat(door.body("/vary", "X-A", "1,2")).isEqualTo("v1");
      assertThat(door.body("/vary")).isEqualTo("v2");
      assertThat(door.body("/vary", "X-A", "1,2", "X-B", "3")).isEqualTo("v3");
      assertThat(door.body("/vary", "X-A", "1 ,  2")).isEqualTo("v1");
      assertThat(door.body("/vary", "X-A", "1", "X-A", "2")).isEqualTo("v1");
      assertThat(door.body("/vary", "X-A", "2,1")).isEqualTo("v4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"must-revalidate", "proxy-revalidate", "s-maxage=10", "no-cache"})
    @DisplayName("4.2.4, 5.2.2: give an error in place of a stale answer that is forbidden")
    void forbiddenStaleAnswersAreErrors(String directive) {
      String path = "/strict/" + directive.hashCode();
      says(path, "Cache-Control", "max-age=10, stale-if-error=600, " + directive, "ETag", "\"1\"");
      door.body(path);
      pass(20);
      breaks(path);
      HttpResponse<String> answer = door.get(path, "Cache-Control", "max-stale");
      assertThat(answer.statusCode()).isBetween(502, 504);
      assertThat(answer.body()).isNotEqualTo("v1");
    }

    @Test
    @DisplayName("4.3.1: send the stored tags when it validates, in place of the client's own")
    void tagsGoUp() {
      says("/tags", "Cache-Control", "max-age=10", "ETag", "\"1\"");
      door.body("/tags");
      pass(20);
      door.get("/tags", "If-None-Match", "\"other\"");
      assertThat(latest("/tags").headers().getAll("If-None-Match")).containsExactly("\"1\"");
    }

    @Test
    @DisplayName("4.3.3: answer with the full response that a validation brings")
    void aFullResponseAnswers() {
      says("/full", "Cache-Control", "max-age=10", "ETag", "\"1\"");
      door.body("/full");
      pass(20);
      assertThat(door.body("/full")).isEqualTo("v2");
      assertThat(door.body("/full")).isEqualTo("v2");
    }

    @Test
    @DisplayName("4.3.4, 3.2: answer with the stored content and the fields of the 304")
    void a304Renews() {
      says("/renewed", "Cache-Control", "max-age=10", "ETag", "\"1\"", "X-A", "old", "X-B", "b");
      door.body("/renewed");
      pass(20);
      door.api().on("/renewed", Api.saying(304, "ETag", "\"1\"", "X-A", "new"));
      HttpResponse<String> renewed = door.get("/renewed");
      assertThat(renewed.statusCode()).isEqualTo(200);
      assertThat(renewed.body()).isEqualTo("v1");
      assertThat(renewed.headers().allValues("x-a")).containsExactly("new");
      assertThat(renewed.headers().allValues("x-b")).containsExactly("b");
      assertThat(door.status("/renewed")).contains("; hit");
    }

    @Test
    @DisplayName("5.2: pass directives on in both directions, known or not")
    void directivesArePassedOn() {
      String asked = "max-age=500, community=\"UCI, x\"";
      String said = "max-age=60, community=\"UCI\", no-cache=\"X-A\"";
      says("/passed", "Cache-Control", said, "CDN-Cache-Control", "max-age=60, x=1");
      HttpResponse<String> miss = door.get("/passed", "Cache-Control", asked);
      assertThat(latest("/passed").headers().getAll("Cache-Control")).containsExactly(asked);
      HttpResponse<String> hit = door.get("/passed", "Cache-Control", asked);
      assertThat(door.api().count("/passed")).isEqualTo(1);
      for (HttpResponse<String> answer : List.of(miss, hit)) {
        assertThat(answer.headers().allValues("cache-control")).containsExactly(said);
        assertThat(answer.headers().allValues("cdn-cache-control"))
            .containsExactly("max-age=60, x=1");
      }
      door.send("POST", "/passed", "Cache-Control", asked);
      assertThat(latest("/passed").headers().getAll("Cache-Control")).containsExactly(asked);
    }

    @Test
    @DisplayName("5.2.2.4: validate what has no-cache before each use")
    void noCacheIsValidatedEachTime() {
      says("/no-cache", "Cache-Control", "no-cache, max-age=60", "ETag", "\"1\"");
      door.body("/no-cache");
      door.api().on("/no-cache", Api.saying(304, "ETag", "\"1\""));
      assertThat(door.body("/no-cache")).isEqualTo("v1");
      assertThat(door.body("/no-cache")).isEqualTo("v1");
      assertThat(door.api().count("/no-cache")).isEqualTo(3);
    }

    @Test
    @DisplayName("5.2.2.4, 5.2.2.7: leave out the fields that a qualified directive names")
    void qualifiedFieldsAreLeftOut() {
      says(
          "/some",
          "Cache-Control",
          "max-age=60, no-cache=\"X-A\", private=\"X-B\"",
          "X-A",
          "1",
          "X-B",
          "2",
          "X-C",
          "3");
      door.body("/some");
      HttpResponse<String> hit = door.get("/some");
      assertThat(hit.body()).isEqualTo("v1");
      assertThat(hit.headers().map()).containsKey("x-c").doesNotContainKeys("x-a", "x-b");
    }

    @Test
    @DisplayName("5.2.2.6, 9110-7.7: not code content with no-transform")
    void noTransformIsObeyed() {
      door.api().on("/as-sent", coded("max-age=60, no-transform"));
      door.body("/as-sent");
      HttpResponse<String> hit = door.get("/as-sent", "Accept-Encoding", "gzip");
      assertThat(hit.headers().map()).doesNotContainKey("content-encoding");
      assertThat(hit.body()).isEqualTo(TEXT);
    }

    @Test
    @DisplayName("9110-7.7: not code it either where a targeted field speaks of caching")
    void noTransformIsObeyedBesideATargetedField() {
      door.api()
          .on(
              "/as-sent-too",
              (request, number) ->
                  Api.say(
                      request,
                      200,
                      TEXT,
                      "Cache-Control",
                      "no-transform",
                      "CDN-Cache-Control",
                      "max-age=60",
                      "Content-Type",
                      "application/json"));
      door.body("/as-sent-too");
      HttpResponse<String> hit = door.get("/as-sent-too", "Accept-Encoding", "gzip");
      assertThat(hit.headers().map()).containsKey("age").doesNotContainKey("content-encoding");
    }
  }

  private static Api.Script coded(String directives) {
    return (request, number) ->
        Api.say(
            request, 200, TEXT, "Cache-Control", directives, "Content-Type", "application/json");
  }

  @Nested
  @DisplayName("SHOULD: what a cache does unless it has a reason")
  class Should {

    @Test
    @DisplayName("4.3.1: send the stored Last-Modified when it validates")
    void theDateOfChangeGoesUp() {
      String date = "Wed, 01 Jan 2020 00:00:00 GMT";
      says("/changed", "Cache-Control", "max-age=10", "Last-Modified", date);
      door.body("/changed");
      pass(20);
      door.body("/changed");
      assertThat(latest("/changed").headers().getAll("If-Modified-Since")).containsExactly(date);
    }

    @Test
    @DisplayName("5.1: count the first member of an Age and ignore what is no number")
    void theFirstAgeCounts() {
      says("/ages", "Cache-Control", "max-age=100", "Age", "30, 500");
      says("/no-age", "Cache-Control", "max-age=100", "Age", "old");
      door.body("/ages");
      door.body("/no-age");
      assertThat(door.get("/ages").headers().allValues("age")).containsExactly("30");
      assertThat(door.get("/no-age").headers().allValues("age")).containsExactly("0");
    }

    @ParameterizedTest
    @CsvSource({
      "no-cache,v2",
      "max-age=5,v2",
      "min-fresh=55,v2",
      "max-age=50,v1",
      "min-fresh=50,v1"
    })
    @DisplayName("5.2.1: hear what the client wants of the answer's age")
    void theClientsWishesAreHeard(String directive, String body) {
      String path = "/wish/" + directive.hashCode();
      says(path, "Cache-Control", "max-age=60");
      door.body(path);
      pass(10);
      assertThat(door.body(path, "Cache-Control", directive)).isEqualTo(body);
    }

    @Test
    @DisplayName("5.2.1.6: not code content for a client that asks for no-transform")
    void theClientCanAskForItAsSent() {
      door.api().on("/untouched", coded("max-age=60"));
      door.body("/untouched");
      HttpResponse<String> hit =
          door.get("/untouched", "Accept-Encoding", "gzip", "Cache-Control", "no-transform");
      assertThat(hit.headers().map()).doesNotContainKey("content-encoding");
      assertThat(hit.body()).isEqualTo(TEXT);
      assertThat(door.get("/untouched", "Accept-Encoding", "gzip").headers().map())
          .containsKey("content-encoding");
    }

    @Test
    @DisplayName("5.2.1.7: answer 504 where only a stored answer is wanted and there is none")
    void onlyIfCachedIsRefused() {
      says("/stored", "Cache-Control", "max-age=60");
      assertThat(door.get("/stored", "Cache-Control", "only-if-cached").statusCode())
          .isEqualTo(504);
      assertThat(door.api().count("/stored")).isZero();
      door.body("/stored");
      assertThat(door.body("/stored", "Cache-Control", "only-if-cached")).isEqualTo("v1");
    }
  }

  @Nested
  @DisplayName("MAY: what a cache is free to do")
  class May {

    @ParameterizedTest
    @CsvSource({"no-store", "private", "max-age=0"})
    @DisplayName("3: store what can be stored after all, at once")
    void whatCanBeStoredAfterAllIs(String before) {
      String path = "/after-all/" + before;
      says(path, "Cache-Control", before);
      assertThat(door.body(path)).isEqualTo("v1");
      says(path, "Cache-Control", "max-age=60");
      assertThat(door.status(path)).contains("; stored");
      assertThat(door.body(path)).isEqualTo("v2");
    }

    @Test
    @DisplayName("3: not store after all what the client asked for in a way of its own")
    void whatAClientAskedForInAWayOfItsOwnIsNotStored() {
      String path = "/after-all/conditional";
      says(path, "Cache-Control", "no-store");
      door.body(path);
      says(path, "Cache-Control", "max-age=60");
      door.body(path, "If-None-Match", "\"a\"");
      assertThat(door.body(path)).isEqualTo("v3");
    }

    @Test
    @DisplayName("4: answer a HEAD from a stored GET")
    void aHeadIsAnsweredFromAGet() {
      says("/head", "Cache-Control", "max-age=60", "X-A", "1");
      door.body("/head");
      HttpResponse<String> head = door.send("HEAD", "/head");
      assertThat(head.headers().firstValue("x-a")).contains("1");
      assertThat(head.body()).isEmpty();
      assertThat(door.api().count("/head")).isEqualTo(1);
    }

    @ParameterizedTest
    @DisplayName("4.3.5: forget what a HEAD shows to be of other content, on disk too")
    @CsvSource({"ETag, \"2\"", "Content-Length, 999"})
    void aHeadThatShowsOtherContentTakesWhatIsStored(String field, String other) {
      for (int i = 0; i < 20; i++) {
        String path = "/disk/head/" + field + i;
        says(path, "Cache-Control", "max-age=60", "ETag", "\"1\"");
        door.body(path);
        door.api()
            .on(
                path,
                (request, number) -> {
                  request.response().putHeader("ETag", "\"1\"").putHeader(field, other);
                  request.response().end();
                });
        door.send("HEAD", path, "Cache-Control", "no-cache");
        says(path, "Cache-Control", "max-age=60");
        assertThat(door.body(path)).isEqualTo("v3");
      }
    }

    @Test
    @DisplayName("4.2.2: take for fresh what has not changed for long")
    void whatIsOldIsFreshForAWhile() {
      says("/old", "Last-Modified", "Wed, 01 Jan 2020 00:00:00 GMT");
      door.body("/old");
      pass(3600);
      assertThat(door.body("/old")).isEqualTo("v1");
      pass(24 * 3600);
      assertThat(door.body("/old")).isEqualTo("v2");
    }

    @Test
    @DisplayName("4.2.4: answer stale where the origin cannot be reached")
    void aStaleAnswerStandsIn() {
      says("/gone", "Cache-Control", "max-age=10");
      door.body("/gone");
      pass(20);
      breaks("/gone");
      HttpResponse<String> answer = door.get("/gone");
      assertThat(answer.body()).isEqualTo("v1");
      assertThat(answer.headers().allValues("age")).containsExactly("20");
    }

    @Test
    @DisplayName("4.3.3: pass an error on that a validation brings")
    void anErrorIsPassedOn() {
      says("/error", "Cache-Control", "max-age=10", "ETag", "\"1\"");
      door.body("/error");
      pass(20);
      door.api().on("/error", Api.saying(500));
      assertThat(door.get("/error").statusCode()).isEqualTo(500);
      door.api().on("/error", Api.saying(304, "ETag", "\"1\""));
      assertThat(door.body("/error")).isEqualTo("v1");
    }

    @Test
    @DisplayName("5.2.1.2: answer stale to a client that accepts it, and say how old it is")
    void maxStaleIsAPermission() {
      says("/max-stale", "Cache-Control", "max-age=10");
      door.body("/max-stale");
      pass(20);
      HttpResponse<String> stale = door.get("/max-stale", "Cache-Control", "max-stale=15");
      assertThat(stale.body()).isEqualTo("v1");
      assertThat(stale.headers().allValues("age")).containsExactly("20");
      assertThat(door.body("/max-stale", "Cache-Control", "max-stale=5")).isEqualTo("v2");
    }
  }
}
