package org.cistern.rule.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cistern.rule.Books;
import org.cistern.rule.KeyStrategy;
import org.cistern.rule.Rule;
import org.cistern.rule.Rule.IdentitySource;
import org.cistern.rule.Rule.IdentitySource.Kind;
import org.cistern.rule.Rule.QueryMode;
import org.cistern.rule.SetCookie;
import org.cistern.rule.Strategy;
import org.cistern.rule.WritePolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleLoaderTest {

  @Test
  void whatIsLeftOutHasItsDefault() {
    Rule rule = Books.rule("id: a");
    assertThat(rule.when().methods()).containsExactlyInAnyOrder("GET", "HEAD");
    assertThat(rule.when().hosts()).isEmpty();
    assertThat(rule.key().strategy()).isEqualTo(KeyStrategy.PATH_PARAMS);
    assertThat(rule.key().query()).isEqualTo(new Rule.QueryShape(QueryMode.ALL, Set.of()));
    assertThat(rule.key().perUser()).isFalse();
    assertThat(rule.key().identity())
        .containsExactly(
            new IdentitySource(Kind.HEADER, "Authorization"),
            new IdentitySource(Kind.HEADER, "X-API-Key"));
    assertThat(rule.life()).isEqualTo(new Rule.Life(null, false, null, null, null, 0, null));
    assertThat(rule.keep())
        .isEqualTo(
            new Rule.Keep(
                true,
                Strategy.MULTI_LEVEL,
                WritePolicy.BEHIND,
                Set.of(),
                0,
                8L << 20,
                List.of(),
                SetCookie.SKIP,
                false,
                true,
                true,
                32,
                null,
                Set.of(),
                List.of()));
    assertThat(rule.timeout()).isNull();
    assertThat(rule.warmup()).isNull();
    assertThat(rule.priority()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "30m, 1800",
    "1h, 3600",
    "2d, 172800",
    "90s, 90",
    "1h30m, 5400",
    "1d2h3m4s, 93784",
    "45, 45",
    "'\"45\"', 45",
    "0, 0",
    "3650d, 315360000"
  })
  void timesAreReadAsPeopleWriteThem(String text, long seconds) {
    Rule rule =
        Books.rule(
            "cache_ttl: " + text,
            "stale_while_revalidate: " + text,
            "stale_if_error: " + text,
            "negative_ttl: " + text);
    Duration time = Duration.ofSeconds(seconds);
    assertThat(rule.life().ttl()).isEqualTo(time);
    assertThat(rule.life().staleWhileRevalidate()).isEqualTo(time);
    assertThat(rule.life().staleIfError()).isEqualTo(time);
    assertThat(rule.life().negativeTtl()).isEqualTo(time);
  }

  @ParameterizedTest
  @CsvSource({"8MB, 8388608", "1kb, 1024", "2M, 2097152", "100, 100", "5B, 5", "1GB, 1073741824"})
  void sizesAreReadInSteps0f1024(String text, long bytes) {
    Rule rule = Books.rule("max_size: " + text, "quota_bytes: " + text);
    assertThat(rule.keep().maxSize()).isEqualTo(bytes);
    assertThat(rule.keep().quotaBytes()).isEqualTo(bytes);
  }

  @Test
  void sharesArePercentOrFractions() {
    assertThat(Books.rule("cache_ttl: 1m", "jitter: 10%").life().jitter()).isEqualTo(0.1);
    assertThat(Books.rule("cache_ttl: 1m", "jitter: 0.25").life().jitter()).isEqualTo(0.25);
    assertThat(Books.rule("refresh_ahead: 80%").life().refreshAhead()).isEqualTo(0.8);
  }

  @Test
  void everyOtherFieldIsRead() {
    Rule rule =
        Books.rule(
            "id: all",
            "methods: [GET, QUERY]",
            "hosts: [A.example.org]",
            "headers: {X-A: 'b*'}",
            "cache_ttl: 1m",
            "override_origin: true",
            "strategy: redis",
            "write_policy: through",
            "status_codes: [200, 404]",
            "content_types: [Text/*, application/json]",
            "min_size: 10",
            "max_variants: 5",
            "compress: false",
            "close_delimited: skip",
            "set_cookie: strip",
            "shared_despite_authorization: true",
            "tags: [a, 7]",
            "tags_from: [{header: X-Tags}, {json_path: '$.items[*].id'}]",
            "timeout: 5s",
            "warmup: {cron: '0 0 3 * * ?', urls: ['/a?b=1'], priority: high}");
    assertThat(rule.when())
        .isEqualTo(
            new Rule.When(
                "/**",
                Set.of("GET", "QUERY"),
                List.of("a.example.org"),
                List.of(new Rule.FieldPattern("X-A", "b*"))));
    assertThat(rule.life().overrideOrigin()).isTrue();
    assertThat(rule.beatsOrigin()).isTrue();
    assertThat(rule.keep())
        .isEqualTo(
            new Rule.Keep(
                true,
                Strategy.REDIS,
                WritePolicy.THROUGH,
                Set.of(200, 404),
                10,
                8L << 20,
                List.of("text/*", "application/json"),
                SetCookie.STRIP,
                true,
                false,
                false,
                5,
                null,
                Set.of("a", "7"),
                List.of(
                    new Rule.TagSource("X-Tags", null),
                    new Rule.TagSource(null, "$.items[*].id"))));
    assertThat(rule.timeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(rule.warmup())
        .isEqualTo(new Rule.Warmup("0 0 3 * * ?", List.of("/a?b=1"), "high", List.of()));
  }

  @Test
  void theKeyIsRead() {
    Rule.KeyShape key =
        Books.rule(
                "key_strategy: custom",
                "key_parts: [path, query, user, 'header:X-A', 'cookie:c', 'param:a[b]']",
                "query: {allow: [b, a]}",
                "body: true",
                "user_specific: true",
                "vary_on: {headers: [Accept], cookies: [plan]}",
                "identity: [certificate, 'claim:sub', 'cookie:s', 'param:t', 'header:H']",
                "cookies: {ignore: [_ga*]}")
            .key();
    assertThat(key)
        .isEqualTo(
            new Rule.KeyShape(
                KeyStrategy.CUSTOM,
                true,
                new Rule.QueryShape(QueryMode.ALLOW, Set.of("a", "b")),
                List.of("path", "query", "user", "header:X-A", "cookie:c", "param:a[b]"),
                true,
                List.of("Accept"),
                List.of("plan"),
                List.of(
                    new IdentitySource(Kind.CERTIFICATE, ""),
                    new IdentitySource(Kind.CLAIM, "sub"),
                    new IdentitySource(Kind.COOKIE, "s"),
                    new IdentitySource(Kind.PARAM, "t"),
                    new IdentitySource(Kind.HEADER, "H")),
                new Rule.IgnoredCookies(false, List.of("_ga*"))));
  }

  @Test
  void postReadsWhereTheRuleNamesItAndHasTheBodyInTheKey() {
    assertThat(Books.rule("methods: [POST]").readsByBody("POST")).isFalse();
    Rule rule =
        Books.rule(
            "methods: [POST, PUT]", "key_strategy: custom", "key_parts: [path]", "body: true");
    assertThat(rule.readsByBody("POST")).isTrue();
    assertThat(rule.readsByBody("QUERY")).isFalse();
    assertThat(rule.readsByBody("PUT")).isFalse();
  }

  @Test
  void jsonHasTheSameVocabularyAndTheSameRefusals() {
    Map<String, Object> good =
        Map.of(
            "path_pattern",
            "/api/v1/models",
            "methods",
            List.of("GET"),
            "cache_ttl",
            1800,
            "strategy",
            "multi_level",
            "key_strategy",
            "path_params",
            "vary_on",
            Map.of("headers", List.of("Accept")),
            "jitter",
            0.1);
    Rule rule = RuleLoader.json(good, Instant.EPOCH).book().rules().get(0).rule();
    assertThat(rule.id()).isEqualTo("api-v1-models");
    assertThat(rule.life().ttl()).isEqualTo(Duration.ofMinutes(30));
    assertThat(rule.key().varyHeaders()).containsExactly("Accept");

    Map<String, Object> bad = Map.of("path_patern", "/a", "cache_ttl", "-1h", "compress", "no");
    assertThat(RuleLoader.json(bad, Instant.EPOCH).problems())
        .extracting(Object::toString)
        .containsExactlyInAnyOrder(
            "api: path_patern is not a known field; did you mean 'path_pattern'?",
            "api: cache_ttl is '-1h'; a time cannot be negative",
            "api: compress is 'no'; true or false is needed");
  }

  @Test
  void aNullInJsonIsAFieldLeftOut() {
    Map<String, Object> json = new java.util.HashMap<>(Map.of("path_pattern", "/a"));
    json.put("cache_ttl", null);
    assertThat(RuleLoader.json(json, Instant.EPOCH).problems()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "/api/v1/models, api-v1-models",
    "/api/v1/config/**, api-v1-config-all",
    "/a/*/b, a-any-b",
    "/**, all",
  })
  void aRuleWithoutAnIdIsNamedAfterItsPattern(String pattern, String id) {
    assertThat(named("{path_pattern: " + pattern + "}")).isEqualTo(id);
  }

  @Test
  void rulesWhoseWordsAreTheSameHaveDifferentNames() {
    assertThat(
            List.of(
                named("{path_pattern: /a/b}"),
                named("{path_pattern: /a-b}"),
                named("{path_pattern: /a/b/}"),
                named("{path_pattern: /a/b, hosts: [x]}"),
                named("{path_pattern: /a/b, methods: [POST]}"),
                named("{path_pattern: /a/b, headers: {x: y}}"),
                named("{path_pattern: /all}"),
                named("{path_pattern: /**}"),
                named("{path_pattern: /}"),
                named("{path_pattern: '/-'}")))
        .doesNotHaveDuplicates()
        .allMatch(id -> id.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}"));
  }

  private static String named(String rule) {
    return RuleLoader.file("f", "rules: [" + rule + "]").rules().get(0).rule().id();
  }

  @ParameterizedTest
  @CsvSource({"other", "none"})
  void aNameThatMetricsUseForOthersIsRefusedAndNeverMade(String name) {
    String rule = "rules:\n  - {id: %s, path_pattern: /a}\n".formatted(name);
    assertThat(RuleLoader.file("rules.yaml", rule).problems().toString())
        .contains("neither 'other'");

    String nameless = "rules:\n  - path_pattern: /%s\n".formatted(name);
    assertThat(RuleLoader.file("rules.yaml", nameless).book().rules().get(0).rule().id())
        .startsWith(name + "-");
  }

  @Test
  void anUpstreamIsOneOfThoseThatThereAreAndIsInTheKey() {
    String plain = loaded("{path_pattern: /**}");
    assertThat(loaded("{path_pattern: /**, upstream: primary}")).isEqualTo(plain);
    assertThat(loaded("{path_pattern: /**, upstream: billing}")).isNotEqualTo(plain);
    assertThat(RuleLoader.file("f", "rules: [{path_pattern: /**, upstream: x}]").problems())
        .anyMatch(each -> each.toString().contains("upstream is 'x'; allowed are primary"));
  }

  private static String loaded(String rule) {
    return RuleLoader.file("f", "rules: [" + rule + "]", java.util.Set.of("primary", "billing"))
        .rules()
        .get(0)
        .rule()
        .plan()
        .fingerprint();
  }
}
