package org.cistern.fields;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The fields that say how long an answer lives. */
class LifeFieldsTest {

  private static final String RULES =
      """
      rules:
      - id: ttl
        path_pattern: /ttl/**
        cache_ttl: 60
      - id: override
        path_pattern: /override/**
        cache_ttl: 60
        override_origin: true
      - id: behind
        path_pattern: /swr
        cache_ttl: 10
        stale_while_revalidate: 60
      - id: error
        path_pattern: /sie
        cache_ttl: 10
        stale_if_error: 60
      - id: strict
        path_pattern: /strict
        cache_ttl: 10
        stale_if_error: 0
      - id: ahead
        path_pattern: /ahead
        cache_ttl: 100
        refresh_ahead: 50%
      - id: jitter
        path_pattern: /jitter/*
        cache_ttl: 100
        jitter: 50%
      - id: negative
        path_pattern: /negative
        cache_ttl: 1h
        negative_ttl: 5
      - id: timeout
        path_pattern: /timeout
        timeout: 1
      - id: patient
        path_pattern: /patient
      """;

  private static Door door;

  @BeforeAll
  static void start(@TempDir Path folder) {
    door = new Door(folder, RULES, "CISTERN_UPSTREAM_TIMEOUT", "60s");
  }

  @AfterAll
  static void stop() {
    door.close();
  }

  private static void pass(int seconds) {
    door.pass(Duration.ofSeconds(seconds));
  }

  @Test
  void theTtlHoldsWhereTheOriginSaysNothing() {
    assertThat(door.body("/ttl/a")).isEqualTo("v1");
    pass(59);
    assertThat(door.body("/ttl/a")).isEqualTo("v1");
    pass(2);
    assertThat(door.body("/ttl/a")).isEqualTo("v2");
  }

  @Test
  void theFreshnessOfTheOriginGoesBeforeTheTtl() {
    door.api().on("/ttl/b", Api.saying("Cache-Control", "max-age=5"));

    assertThat(door.body("/ttl/b")).isEqualTo("v1");
    pass(6);
    assertThat(door.body("/ttl/b")).isEqualTo("v2");
  }

  @Test
  void overrideOriginMakesTheTtlHoldAgainstTheOriginButNotAgainstPrivateAndNoStore() {
    door.api().on("/override/a", Api.saying("Cache-Control", "max-age=5"));
    door.api().on("/override/b", Api.saying("Cache-Control", "private, max-age=5"));
    door.api().on("/override/c", Api.saying("Cache-Control", "no-store"));
    List.of("a", "b", "c").forEach(name -> door.body("/override/" + name));
    pass(59);

    assertThat(door.body("/override/a")).isEqualTo("v1");
    assertThat(door.body("/override/b")).isEqualTo("v2");
    assertThat(door.body("/override/c")).isEqualTo("v2");
  }

  @Test
  void staleWhileRevalidateServesTheOldOneOnceMoreAndFetchesTheNewOneBehind() {
    door.body("/swr");
    pass(20);

    assertThat(door.get("/swr").body()).isEqualTo("v1");
    await().untilAsserted(() -> assertThat(door.body("/swr")).isEqualTo("v2"));
    pass(71);
    assertThat(door.body("/swr")).isEqualTo("v3");
  }

  @Test
  void staleIfErrorLetsTheOldOneStandInForAnErrorUntilItsWindowEnds() {
    door.api()
        .on("/sie", (request, number) -> Api.say(request, number == 1 ? 200 : 503, "v" + number));
    door.body("/sie");
    pass(20);

    assertThat(door.status("/sie")).contains("stale-if-error");
    assertThat(door.get("/sie").body()).isEqualTo("v1");
    pass(60);
    assertThat(door.get("/sie").statusCode()).isEqualTo(503);
  }

  @Test
  void staleIfErrorOfZeroLetsNothingStandIn() {
    door.api()
        .on(
            "/strict",
            (request, number) -> {
              if (number == 1) {
                Api.say(request, 200, "v1");
              } else {
                request.connection().close();
              }
            });
    door.body("/strict");
    pass(20);

    assertThat(door.get("/strict").statusCode()).isEqualTo(502);
  }

  @Test
  void refreshAheadFetchesAnAnswerInDemandBeforeItEnds() {
    door.body("/ahead");
    pass(40);
    assertThat(door.status("/ahead")).contains("reason=fresh");
    pass(20);

    assertThat(door.status("/ahead")).contains("hit", "reason=refresh-ahead");
    await().untilAsserted(() -> assertThat(door.body("/ahead")).isEqualTo("v2"));
    assertThat(door.status("/ahead")).contains("ttl=100", "reason=fresh");
  }

  @Test
  void jitterShortensLifetimesByAShareThatDiffersFromAnswerToAnswer() {
    List<Integer> lifetimes =
        IntStream.range(0, 20).mapToObj(i -> "/jitter/" + i).map(LifeFieldsTest::lifetime).toList();

    assertThat(lifetimes).allMatch(seconds -> seconds >= 49 && seconds <= 100);
    assertThat(lifetimes.stream().distinct().count()).isGreaterThan(5);
  }

  private static int lifetime(String path) {
    door.body(path);
    Matcher ttl = Pattern.compile("ttl=(\\d+)").matcher(door.status(path));
    assertThat(ttl.find()).isTrue();
    return Integer.parseInt(ttl.group(1));
  }

  @Test
  void negativeTtlIsTheTtlOfErrors() {
    door.api().on("/negative", Api.saying(404));

    assertThat(door.body("/negative")).isEqualTo("v1");
    assertThat(door.body("/negative")).isEqualTo("v1");
    pass(6);
    assertThat(door.body("/negative")).isEqualTo("v2");
  }

  @Test
  void timeoutEndsTheWaitForAnOriginThatSaysNothing() {
    door.api().on("/timeout", (request, number) -> {});

    assertThat(door.get("/timeout").statusCode()).isEqualTo(504);
  }
}
