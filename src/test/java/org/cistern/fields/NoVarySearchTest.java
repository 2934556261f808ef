package org.cistern.fields;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.http.HttpServerRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.cistern.http.uri.Target;
import org.cistern.purge.Purge;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that say which queries they answer (draft-ietf-httpbis-no-vary-search-10). */
class NoVarySearchTest {

  private static final String RULES =
      """
      rules:
      - {id: user, path_pattern: /user/**, cache_ttl: 1h, user_specific: true}
      - {id: path, path_pattern: /path/**, cache_ttl: 1h, key_strategy: path}
      - {id: drop, path_pattern: /drop/**, cache_ttl: 1h, query: {drop: [ref]}}
      - {id: allow, path_pattern: /allow/**, cache_ttl: 1h, query: {allow: [id, utm]}}
      - {id: sorted, path_pattern: /sorted/**, cache_ttl: 1h, query: sorted}
      - {id: disk, path_pattern: /disk/**, cache_ttl: 1h, write_policy: through}
      - {id: back, path_pattern: /back/**, cache_ttl: 1h, write_policy: back}
      - {id: posted, path_pattern: /posted, cache_ttl: 1h}
      - {id: short, path_pattern: /short/**, cache_ttl: 10s, stale_if_error: 1h}
      - {id: rest, path_pattern: /**, cache_ttl: 1h}
      """;

  private static final String UTM = "params=(\"utm\")";

  private static final AtomicInteger COUNT = new AtomicInteger();

  private static Door door;

  /** A path that no other test has. */
  private final String a = "/a" + COUNT.incrementAndGet();

  @BeforeAll
  static void start(@TempDir Path folder) {
    door = new Door(folder, RULES, "CISTERN_HOST_ALIASES", "a.example.org, b.example.org");
  }

  @AfterAll
  static void stop() {
    door.close();
  }

  private void says(String path, String... fields) {
    door.api().on(path, Api.saying(fields));
  }

  private void saysUtm(String path) {
    says(path, "No-Vary-Search", UTM);
  }

  private void hits(String pathAndQuery, String... headers) {
    assertThat(door.status(pathAndQuery, headers)).as(pathAndQuery).contains("; hit");
  }

  private void misses(String pathAndQuery, String... headers) {
    assertThat(door.status(pathAndQuery, headers)).as(pathAndQuery).contains("fwd=");
  }

  @Nested
  class MayReuse {

    @DisplayName("7 MAY: an answer is used for a query that is equivalent by what it says")
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "params=(\"utm\")|?id=1&utm=a|?utm=b&id=1",
          "params=(\"utm\" \"ref\")|?utm=a|''",
          "except=(\"id\")|?id=1&x=1|?y&id=1",
          "except=()|?anything|?else",
          "params|?anything|?else",
          "key-order|?a=1&b=2|?b=2&a=1",
          "key-order, except=(\"a\" \"b\")|?a=1&b=2&c|?d&b=2&a=1"
        })
    void equivalentQueriesShareAnAnswer(String said, String one, String other) {
      says(a, "No-Vary-Search", said);
      misses(a + one);
      hits(a + one);
      hits(a + other);
      assertThat(door.api().count(a)).isEqualTo(1);
    }

    @Test
    void whatIsSharedSaysSoToTheClient() {
      saysUtm(a);
      door.body(a + "?utm=1");
      HttpResponse<String> shared = door.get(a + "?utm=2");
      assertThat(shared.headers().allValues("no-vary-search")).containsExactly(UTM);
      assertThat(shared.body()).isEqualTo("v1");
    }

    @Test
    void theUpstreamIsAskedForTheQueryAsTheClientSentIt() {
      saysUtm(a);
      door.body(a + "?utm=1&id=1");
      door.body(a + "?utm=2&id=2");
      assertThat(door.api().seen().stream().filter(request -> a.equals(request.path())))
          .extracting(HttpServerRequest::query)
          .containsExactly("utm=1&id=1", "utm=2&id=2");
    }

    @Test
    void aRuleThatSortsLeavesTheListToTheAnswer() {
      saysUtm("/sorted" + a);
      misses("/sorted" + a + "?b=1&utm=1&a=1");
      hits("/sorted" + a + "?a=1&b=1");
      misses("/sorted" + a + "?a=1&b=2");
    }

    @Test
    void hostsThatAreOneShareTheWordToo() {
      saysUtm(a);
      door.fromHost("a.example.org", a + "?utm=1");
      assertThat(door.fromHost("b.example.org", a + "?utm=2")).isEqualTo("v1");
    }

    @Test
    void aHeadIsAnsweredFromWhatIsShared() {
      saysUtm(a);
      door.body(a + "?utm=1");
      HttpResponse<String> head = door.send("HEAD", a + "?utm=2");
      assertThat(head.headers().firstValue("cache-status").orElse("")).contains("; hit");
    }

    @Test
    void manyAnswersOfOnePathShareEachItsOwnQueries() {
      saysUtm(a);
      for (int id = 1; id <= 5; id++) {
        misses(a + "?id=" + id + "&utm=1");
      }
      for (int id = 1; id <= 5; id++) {
        assertThat(door.body(a + "?utm=2&id=" + id)).isEqualTo("v" + id);
      }
    }

    @Test
    @DisplayName("7: the field works beside Vary, not in its place")
    void variantsAreSharedEachByItself() {
      says(a, "No-Vary-Search", UTM, "Vary", "X-V");
      door.body(a + "?utm=1", "X-V", "one");
      door.body(a + "?utm=2", "X-V", "two");
      assertThat(door.body(a + "?utm=3", "X-V", "one")).isEqualTo("v1");
      assertThat(door.body(a + "?utm=3", "X-V", "two")).isEqualTo("v2");
    }

    @Test
    void whatAPostBringsForItsTargetIsSharedLikeAnyOther() {
      says(
          "/posted",
          "No-Vary-Search",
          UTM,
          "Content-Location",
          "/posted?utm=1",
          "Cache-Control",
          "max-age=60");
      door.send("POST", "/posted?utm=1");
      assertThat(door.body("/posted?utm=2")).isEqualTo("v1");
    }
  }

  @Nested
  class MustNotReuse {

    @DisplayName("7 MUST: without the field, or with one that says nothing, the URI has to match")
    @ParameterizedTest
    @ValueSource(
        strings = {"params=(\"utm\"), except=(\"id\")", "params=(utm)", "key-order=2", "params=()"})
    void whatSaysNothingSharesNothing(String said) {
      says(a, "No-Vary-Search", said);
      misses(a + "?utm=1");
      misses(a + "?utm=2");
      hits(a + "?utm=1");
    }

    @DisplayName("6 MUST: what is not equivalent is not answered")
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "params=(\"utm\")|?id=1&utm=1|?id=2&utm=1",
          "params=(\"utm\")|?utm=1|?UTM=1",
          "params=(\"utm\")|?utm=1|?utm=1;id=2",
          "except=(\"id\")|?id=1|?ID=1",
          "key-order|?a=1&a=2|?a=2&a=1",
          "key-order|?a=%f6|?a=%f7"
        })
    void otherQueriesHaveOtherAnswers(String said, String one, String other) {
      says(a, "No-Vary-Search", said);
      misses(a + one);
      misses(a + other);
      hits(a + one);
      hits(a + other);
    }

    @Test
    void noOtherPathIsTouchedByWhatOneSays() {
      says(a, "No-Vary-Search", "except=()");
      misses(a + "?x=1");
      for (String path : new String[] {a + "/", a.toUpperCase(Locale.ROOT), a + "%2F", "/b" + a}) {
        misses(path + "?x=1");
        misses(path + "?x=2");
        hits(path + "?x=1");
      }
      assertThat(door.fromHost("other.example", a + "?x=1")).isEqualTo("v2");
    }

    @Test
    void anAnswerThatSaysNothingIsItsOwnQuerysAloneThoughOthersOfItsPathSaySomething() {
      saysUtm(a);
      misses(a + "?id=1&utm=1");
      says(a);
      misses(a + "?id=2&utm=1");
      misses(a + "?id=2&utm=2");
      hits(a + "?id=2&utm=1");
      hits(a + "?id=2&utm=2");
      hits(a + "?id=1&utm=3");
    }

    @Test
    void anAnswerThatSaysAnotherThingIsSharedByThat() {
      saysUtm(a);
      misses(a + "?id=1&utm=1");
      says(a, "No-Vary-Search", "params=(\"ref\")");
      misses(a + "?id=2&utm=1&ref=1");
      hits(a + "?id=2&utm=1&ref=2");
      misses(a + "?id=2&utm=2&ref=1");
    }

    @Test
    void theRulesOwnListIsNeitherWidenedNorNarrowed() {
      saysUtm("/drop" + a);
      misses("/drop" + a + "?ref=1&utm=1");
      hits("/drop" + a + "?ref=2&utm=1");
      misses("/drop" + a + "?ref=1&utm=2");

      saysUtm("/allow" + a);
      misses("/allow" + a + "?utm=1&x=1");
      hits("/allow" + a + "?utm=1&x=2");
      misses("/allow" + a + "?utm=2&x=1");

      says("/path" + a, "No-Vary-Search", "params=(\"z\")");
      misses("/path" + a + "?utm=1");
      hits("/path" + a + "?utm=2");
    }

    @Test
    void usersShareNothing() {
      says("/user" + a, "No-Vary-Search", "except=()");
      assertThat(door.body("/user" + a + "?x=1", "X-API-Key", "ann")).isEqualTo("v1");
      assertThat(door.body("/user" + a + "?x=2", "X-API-Key", "bob")).isEqualTo("v2");
      assertThat(door.body("/user" + a + "?x=3", "X-API-Key", "ann")).isEqualTo("v1");
      assertThat(door.body("/user" + a + "?x=3", "X-API-Key", "bob")).isEqualTo("v2");
      misses("/user" + a + "?x=1");
    }

    @Test
    void whatMayNotBeStoredTeachesNothing() {
      says(a, "No-Vary-Search", "except=()", "Cache-Control", "no-store");
      misses(a + "?x=1");
      says(a);
      misses(a + "?x=1");
      misses(a + "?x=2");
    }

    @Test
    void aFieldOfTheConnectionIsNone() {
      says(a, "No-Vary-Search", "except=()", "Connection", "No-Vary-Search");
      misses(a + "?x=1");
      misses(a + "?x=2");
    }
  }

  @Nested
  class TheNewest {

    @Test
    @DisplayName("RFC 9111 4 MUST: of two answers that suit the newer is used")
    void anAnswerOfOneQueryAloneThatIsNewerThanTheSharedOneIsUsed() {
      says(a, "No-Vary-Search", UTM, "Cache-Control", "max-age=100");
      assertThat(door.body(a + "?utm=1")).isEqualTo("v1");
      door.pass(Duration.ofSeconds(10));
      says(a, "Cache-Control", "max-age=100");
      assertThat(door.body(a + "?utm=1", "Cache-Control", "no-cache")).isEqualTo("v2");
      assertThat(door.body(a + "?utm=1")).isEqualTo("v2");
      assertThat(door.body(a + "?utm=2")).isEqualTo("v1");

      door.pass(Duration.ofSeconds(10));
      saysUtm(a);
      assertThat(door.body(a + "?utm=1", "Cache-Control", "no-cache")).isEqualTo("v3");
      assertThat(door.body(a + "?utm=1")).isEqualTo("v3");
      assertThat(door.body(a + "?utm=2")).isEqualTo("v3");
    }

    @Test
    @DisplayName("RFC 9111 3.2 MUST: a 304 updates the field too")
    void aValidationThatBringsTheFieldMakesTheAnswerShared() {
      says(a, "ETag", "\"1\"", "Cache-Control", "max-age=10");
      misses(a + "?utm=1");
      door.pass(Duration.ofSeconds(20));
      door.api().on(a, Api.saying(304, "ETag", "\"1\"", "No-Vary-Search", UTM));
      assertThat(door.body(a + "?utm=1")).isEqualTo("v1");
      hits(a + "?utm=2");
    }

    @Test
    void aSharedAnswerIsRenewedForAll() {
      says("/short" + a, "No-Vary-Search", UTM, "ETag", "\"1\"");
      assertThat(door.body("/short" + a + "?utm=1")).isEqualTo("v1");
      door.pass(Duration.ofSeconds(20));
      door.api().on("/short" + a, Api.saying(304, "ETag", "\"1\""));
      assertThat(door.status("/short" + a + "?utm=2")).contains("fwd=stale", "fwd-status=304");
      assertThat(door.body("/short" + a + "?utm=3")).isEqualTo("v1");
      assertThat(door.api().count("/short" + a)).isEqualTo(2);
    }

    @Test
    void aSharedAnswerStandsInForAnErrorOnAnyOfItsQueries() {
      saysUtm("/short" + a);
      door.body("/short" + a + "?utm=1");
      door.pass(Duration.ofSeconds(20));
      door.api().on("/short" + a, Api.saying(503));
      assertThat(door.status("/short" + a + "?utm=2")).contains("stale-if-error");
      assertThat(door.body("/short" + a + "?utm=2")).isEqualTo("v1");
    }
  }

  @Nested
  class Invalidation {

    @DisplayName("7 MAY, and RFC 9111 4.4 MUST: a write to any of its URIs takes the shared answer")
    @ParameterizedTest
    @ValueSource(strings = {"?utm=1", "?utm=3", "", "?utm=1&utm=1"})
    void aWriteToAnyEquivalentUriReachesIt(String query) {
      saysUtm(a);
      door.body(a + "?utm=1");
      hits(a + "?utm=2");
      door.send("PUT", a + query);
      assertThat(door.status(a + "?utm=2")).contains("reason=purged");
      hits(a + "?utm=1");
    }

    @Test
    void aWriteToAnotherPathDoesNot() {
      saysUtm(a);
      door.body(a + "?utm=1");
      door.send("PUT", a + "b?utm=1");
      hits(a + "?utm=2");
    }

    @Test
    void aWriteReachesWhatTheDiskHasAlsoAfterARestart() {
      saysUtm("/disk" + a);
      door.body("/disk" + a + "?utm=1&id=1");
      door.body("/disk" + a + "?utm=1&id=2");
      door.restart();
      door.send("PUT", "/disk" + a + "?utm=9&id=1");
      assertThat(door.body("/disk" + a + "?utm=2&id=1")).isEqualTo("v4");
      assertThat(door.body("/disk" + a + "?utm=3&id=1")).isEqualTo("v4");
      assertThat(door.status("/disk" + a + "?utm=2&id=2")).contains("purged");
    }

    @Test
    void aWriteReachesWhatIsKeptUnderAWordThatIsForgotten() {
      saysUtm(a);
      door.body(a + "?utm=1");
      says(a, "No-Vary-Search", "params=(\"ref\")");
      misses(a + "?id=1");
      door.send("PUT", a + "?utm=2");
      saysUtm(a);
      misses(a + "?id=2");
      assertThat(door.status(a + "?utm=3")).contains("fwd=");
    }

    @Test
    void aPurgeOfAUriReachesItToo() {
      saysUtm(a);
      door.body(a + "?utm=1");
      String host = "localhost:" + door.gateway().port();
      Target target = new Target("http", host, a, "utm=7");
      door.gateway().purge(new Purge(new Purge.Scope.Uri(target), true));
      assertThat(door.status(a + "?utm=2")).contains("purged");
    }
  }

  @Nested
  class Tiers {

    @Test
    void afterARestartOneMissOfAPathTeachesAllThatTheDiskHas() {
      saysUtm("/disk" + a);
      for (int id = 1; id <= 3; id++) {
        door.body("/disk" + a + "?utm=1&id=" + id);
      }
      door.restart();
      misses("/disk" + a + "?utm=2&id=1");
      assertThat(door.status("/disk" + a + "?utm=2&id=2")).contains("; hit", "l3");
      assertThat(door.status("/disk" + a + "?utm=3&id=2")).contains("; hit", "l1");
      assertThat(door.body("/disk" + a + "?utm=2&id=3")).isEqualTo("v3");
    }

    @Test
    void theDisksAnswerToOneQueryAloneIsFoundThoughThePathSaysSomething() {
      says("/disk" + a);
      door.body("/disk" + a + "?id=1");
      door.restart();
      saysUtm("/disk" + a);
      misses("/disk" + a + "?id=2&utm=1");
      assertThat(door.status("/disk" + a + "?id=1")).contains("; hit", "l3");
      assertThat(door.status("/disk" + a + "?id=1")).contains("; hit", "l1");
    }

    @Test
    void whatIsWrittenBackLaterIsFoundByAllItsQueries() {
      saysUtm("/back" + a);
      door.body("/back" + a + "?utm=1&id=1");
      hits("/back" + a + "?utm=2&id=1");
      door.restart();
      misses("/back" + a + "?utm=1&id=2");
      assertThat(door.status("/back" + a + "?utm=3&id=1")).contains("; hit", "l3");
    }
  }

  @Nested
  class OneFlight {

    private final BlockingQueue<HttpServerRequest> held = new LinkedBlockingQueue<>();

    private CompletableFuture<HttpResponse<String>> later(String path) {
      return CompletableFuture.supplyAsync(() -> door.get(path));
    }

    private HttpServerRequest next() throws InterruptedException {
      HttpServerRequest request = held.poll(10, TimeUnit.SECONDS);
      if (request == null) {
        throw new AssertionError("the origin was not asked");
      }
      return request;
    }

    private String joined() {
      List<String> lines = door.gateway().metrics().lines().toList();
      return String.join("", lines.stream().filter(line -> line.contains("joined")).toList());
    }

    /** The path has spoken; from now on the origin holds what comes. */
    private CompletableFuture<HttpResponse<String>> twoWait(String one, String other) {
      saysUtm(a);
      door.body(a + "?id=0");
      door.api().on(a, (request, number) -> held.add(request));
      CompletableFuture<HttpResponse<String>> first = later(one);
      await().until(() -> held.size() == 1);
      String before = joined();
      CompletableFuture<HttpResponse<String>> second = later(other);
      await().until(() -> !joined().equals(before));
      return first.thenCombine(
          second,
          (mine, others) -> {
            assertThat(mine.body()).isEqualTo("one");
            return others;
          });
    }

    @Test
    void equivalentQueriesWaitForOneAnswerThatSaysTheSame() throws Exception {
      CompletableFuture<HttpResponse<String>> both = twoWait(a + "?id=1&utm=1", a + "?id=1&utm=2");
      Api.say(next(), 200, "one", "No-Vary-Search", UTM);
      assertThat(both.get(10, TimeUnit.SECONDS).body()).isEqualTo("one");
      assertThat(held).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"params=()", "params=(\"ref\")", "except=()"})
    void anAnswerThatSaysAnotherThingIsNotGivenToTheOtherQuery(String said) throws Exception {
      CompletableFuture<HttpResponse<String>> both = twoWait(a + "?id=1&utm=1", a + "?id=1&utm=2");
      Api.say(next(), 200, "one", "No-Vary-Search", said);
      HttpServerRequest second = next();
      assertThat(second.query()).isEqualTo("id=1&utm=2");
      Api.say(second, 200, "two", "No-Vary-Search", said);
      assertThat(both.get(10, TimeUnit.SECONDS).body()).isEqualTo("two");
    }

    @Test
    void aWriteToAnEquivalentUriMakesTheSecondAskAnew() throws Exception {
      saysUtm(a);
      door.body(a + "?id=0");
      door.api().on(a, (request, number) -> held.add(request));
      CompletableFuture<HttpResponse<String>> first = later(a + "?id=1&utm=1");
      HttpServerRequest began = next();
      CompletableFuture<HttpResponse<String>> write =
          CompletableFuture.supplyAsync(() -> door.send("PUT", a + "?id=1&utm=3"));
      Api.say(next(), 204, "");
      write.get(10, TimeUnit.SECONDS);
      CompletableFuture<HttpResponse<String>> second = later(a + "?id=1&utm=2");
      HttpServerRequest anew = next();
      Api.say(began, 200, "old", "No-Vary-Search", UTM);
      Api.say(anew, 200, "new", "No-Vary-Search", UTM);
      assertThat(second.get(10, TimeUnit.SECONDS).body()).isEqualTo("new");
      first.get(10, TimeUnit.SECONDS);
      assertThat(door.body(a + "?id=1&utm=4")).isEqualTo("new");
    }
  }
}
