package org.cistern.fields;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.cistern.GatewayUnderTest;
import org.cistern.fake.FakeUpstream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The fields that say which answers are kept. */
class KeepFieldsTest {

  private static final String RULES =
      """
      rules:
      - {id: nothing, path_pattern: /none, cache_ttl: 60, strategy: none}
      - {id: memory, path_pattern: /memory, cache_ttl: 60, strategy: memory}
      - {id: redis, path_pattern: /redis, cache_ttl: 60, strategy: redis}
      - id: levels
        path_pattern: /levels
        cache_ttl: 60
        strategy: multi_level
        write_policy: through
      - {id: aggressive, path_pattern: /aggressive/*, cache_ttl: 60, strategy: aggressive}
      - {id: codes, path_pattern: /codes/*, cache_ttl: 60, status_codes: [200, 418]}
      - {id: types, path_pattern: /types/*, cache_ttl: 60, content_types: ["text/*"]}
      - {id: sizes, path_pattern: /sizes/*, cache_ttl: 60, min_size: 10, max_size: 100}
      - {id: quota, path_pattern: /quota/*, cache_ttl: 60, strategy: memory, quota_bytes: 20KB}
      - {id: unbounded, path_pattern: /unbounded/*, cache_ttl: 60, strategy: memory}
      - {id: variants, path_pattern: /variants, cache_ttl: 60, strategy: memory, max_variants: 2}
      - {id: skip, path_pattern: /cookie/skip, cache_ttl: 60}
      - {id: strip, path_pattern: /cookie/strip, cache_ttl: 60, set_cookie: strip}
      - {id: store, path_pattern: /cookie/store, cache_ttl: 60, set_cookie: store}
      - {id: coded, path_pattern: /coded, cache_ttl: 60}
      - {id: plain, path_pattern: /plain, cache_ttl: 60, compress: false}
      - {id: guarded, path_pattern: /guarded, cache_ttl: 60}
      - id: shared
        path_pattern: /shared
        cache_ttl: 60
        shared_despite_authorization: true
      """;

  private static Door door;

  @BeforeAll
  static void start(@TempDir Path folder) {
    door = new Door(folder, RULES);
  }

  @AfterAll
  static void stop() {
    door.close();
  }

  private static void keeps(String path, String... headers) {
    assertThat(door.status(path, headers)).contains("stored");
    assertThat(door.status(path, headers)).contains("hit");
  }

  private static void passes(String path, String why, String... headers) {
    assertThat(door.status(path, headers)).contains(why);
    assertThat(door.status(path, headers)).doesNotContain("hit");
  }

  @Test
  void strategyNonePassesRequestsThrough() {
    passes("/none", "reason=rule-passes");
  }

  @Test
  void strategyMemoryForgetsAtARestartAndMultiLevelDoesNot() {
    keeps("/memory");
    keeps("/levels");
    door.restart();
    assertThat(door.status("/memory")).contains("reason=cold");
    assertThat(door.status("/levels")).contains("hit", "l3");
    assertThat(door.status("/levels")).contains("hit", "l1");
  }

  @Test
  void strategyRedisWithoutRedisKeepsNothingAndDoesNotSayThatItDid() {
    assertThat(door.status("/redis")).contains("not-stored=no-tier");
    assertThat(door.body("/redis")).isEqualTo("v2");
  }

  @Test
  void strategyAggressiveBeatsTheFreshnessOfTheOriginAndTheNoCacheOfTheClient() {
    door.api().on("/aggressive/a", Api.saying("Cache-Control", "no-cache, max-age=0"));
    door.api().on("/aggressive/b", Api.saying("Cache-Control", "private"));

    keeps("/aggressive/a");
    assertThat(door.status("/aggressive/a", "Cache-Control", "no-cache")).contains("hit");
    passes("/aggressive/b", "not-stored=private");
  }

  @Test
  void statusCodesAreTheOnesThatAreKept() {
    door.api().on("/codes/teapot", Api.saying(418));
    door.api().on("/codes/missing", Api.saying(404));

    keeps("/codes/ok");
    keeps("/codes/teapot");
    passes("/codes/missing", "not-stored=status");
  }

  @Test
  void contentTypesAreTheOnesThatAreKept() {
    door.api().on("/types/a", Api.saying("Content-Type", "text/plain; charset=utf-8"));
    door.api().on("/types/b", Api.saying("Content-Type", "image/png"));

    keeps("/types/a");
    passes("/types/b", "not-stored=content-type");
  }

  @Test
  void bodiesBelowTheMinimumAndAboveTheMaximumAreNotKept() {
    door.api().on("/sizes/small", (request, n) -> Api.say(request, 200, "x".repeat(9)));
    door.api().on("/sizes/least", (request, n) -> Api.say(request, 200, "x".repeat(10)));
    door.api().on("/sizes/most", (request, n) -> Api.say(request, 200, "x".repeat(100)));
    door.api().on("/sizes/large", (request, n) -> Api.say(request, 200, "x".repeat(101)));

    passes("/sizes/small", "not-stored=too-small");
    keeps("/sizes/least");
    keeps("/sizes/most");
    passes("/sizes/large", "not-stored=too-large");
  }

  @Test
  void aBodyOfUnknownLengthIsMeasuredAsItComes() {
    door.api()
        .on(
            "/sizes/chunked",
            (request, n) -> {
              request.response().setChunked(true).write("x".repeat(60));
              request.response().end("x".repeat(60));
            });
    door.body("/sizes/chunked");

    assertThat(door.body("/sizes/chunked")).hasSize(120);
    assertThat(door.api().count("/sizes/chunked")).isEqualTo(2);
  }

  @Test
  void quotaBytesBoundsWhatOneRuleHoldsAndNoOther() {
    assertThat(hitsOfForty("/quota/")).isBetween(1L, 20L);
    assertThat(hitsOfForty("/unbounded/")).isEqualTo(40);
  }

  private static long hitsOfForty(String folder) {
    List<String> paths = IntStream.range(0, 40).mapToObj(i -> folder + i).toList();
    for (String path : paths) {
      door.api().on(path, (request, n) -> Api.say(request, 200, "x".repeat(1000)));
      door.body(path);
    }
    return paths.stream()
        .filter(path -> door.status(path, "Cache-Control", "only-if-cached").contains("hit"))
        .count();
  }

  @Test
  void maxVariantsLetsTheOldestVariantGo() {
    door.api().on("/variants", Api.saying("Vary", "Accept"));
    List.of("a", "b", "c").forEach(type -> door.body("/variants", "Accept", "x/" + type));

    assertThat(door.status("/variants", "Accept", "x/c")).contains("hit");
    assertThat(door.status("/variants", "Accept", "x/b")).contains("hit");
    assertThat(door.status("/variants", "Accept", "x/a")).contains("fwd=");
  }

  @Test
  void setCookieSkipsStripsOrStores() {
    List.of("skip", "strip", "store")
        .forEach(name -> door.api().on("/cookie/" + name, Api.saying("Set-Cookie", "sid=1")));

    passes("/cookie/skip", "not-stored=set-cookie");
    keeps("/cookie/strip");
    keeps("/cookie/store");
    assertThat(door.get("/cookie/strip").headers().firstValue("Set-Cookie")).isEmpty();
    assertThat(door.get("/cookie/store").headers().firstValue("Set-Cookie")).contains("sid=1");
  }

  @Test
  void compressMakesCodedFormsOrNot() {
    for (String path : List.of("/coded", "/plain")) {
      door.api()
          .on(
              path,
              (request, n) ->
                  Api.say(
                      request, 200, "{\"x\":1}".repeat(500), "Content-Type", "application/json"));
      door.body(path);
    }

    await().untilAsserted(() -> assertThat(coding("/coded")).contains("gzip"));
    assertThat(coding("/plain")).isEmpty();
  }

  private static java.util.Optional<String> coding(String path) {
    return door.get(path, "Accept-Encoding", "gzip").headers().firstValue("Content-Encoding");
  }

  @Test
  void sharedDespiteAuthorizationLetsUsersShare() {
    passes("/guarded", "not-stored=authorization", "Authorization", "Bearer ann");
    keeps("/shared", "Authorization", "Bearer ann");
    assertThat(door.status("/shared", "Authorization", "Bearer bob")).contains("hit");
  }

  @Test
  void closeDelimitedSkipsABodyThatOnlyTheCloseEnds(@TempDir Path folder) {
    String rules =
        """
        rules:
        - {id: skip, path_pattern: /skip, cache_ttl: 60, close_delimited: skip}
        - {id: store, path_pattern: /store, cache_ttl: 60}
        """;
    FakeUpstream.Script script =
        connection -> {
          connection.readHead();
          connection.write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nwhole");
        };
    try (FakeUpstream origin = FakeUpstream.playing(script);
        GatewayUnderTest gateway =
            GatewayUnderTest.in(folder)
                .rules(rules)
                .upstream("http://127.0.0.1:" + origin.port())
                .start()) {
      assertThat(GatewayUnderTest.status(gateway.get("/store"))).contains("stored");
      assertThat(GatewayUnderTest.status(gateway.get("/store"))).contains("hit");
      assertThat(GatewayUnderTest.status(gateway.get("/skip")))
          .contains("not-stored=close-delimited");
      assertThat(gateway.get("/skip").body()).isEqualTo("whole");
    }
  }
}
