package org.cistern.rule.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.cistern.rule.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MalformedFilesTest {

  /** A file, the place of its only problem, and what the sentence holds. */
  record Case(String text, int line, int column, List<String> words) {
    Case at(int otherLine) {
      return new Case(text, otherLine, column, words);
    }

    @Override
    public String toString() {
      return words.get(0)
          + " <- "
          + text.strip().lines().reduce((a, b) -> b).orElse("(empty)").strip();
    }
  }

  /** A rule with one further field, which is in line 3. */
  private static Case field(String field, int column, String... words) {
    return new Case("rules:\n- path_pattern: /a/**\n  " + field + "\n", 3, column, List.of(words));
  }

  private static Case file(int line, int column, String text, String... words) {
    return new Case(text, line, column, List.of(words));
  }

  static Stream<Case> files() {
    return Stream.of(
        file(1, 1, "", "has no list 'rules'", "rules: []"),
        file(1, 1, "# only a comment\n", "has no list 'rules'"),
        file(1, 1, "hello", "has no list 'rules'"),
        file(1, 1, "- path_pattern: /a\n", "begins with a list", "'rules:'"),
        file(1, 1, "rule: []\nrules: []\n", "rule is not a known field"),
        file(1, 8, "rules: 5\n", "rules is '5'", "a list is needed"),
        file(1, 7, "rules:\n", "rules is nothing", "a list is needed"),
        file(2, 1, "rules: []\n\trules: []\n", "this is not YAML"),
        file(2, 1, "rules: [\n", "this is not YAML"),
        file(3, 8, "rules:\n- path_pattern: /a\n  id: x: y\n", "this is not YAML"),
        file(2, 1, "rules: []\nrules: []\n", "rules is given twice, first in line 1"),
        file(3, 1, "rules: []\n---\nrules: []\n", "a second document"),
        file(2, 3, "rules:\n- /a\n", "a rule is '/a'", "path_pattern"),
        file(2, 3, "rules:\n- id: a\n", "path_pattern is missing", "/api/**"),
        file(2, 17, "rules:\n- path_pattern: a/b\n", "path_pattern 'a/b' must begin with '/'"),
        file(2, 17, "rules:\n- path_pattern: /a/***\n", "three stars"),
        file(2, 17, "rules:\n- path_pattern: /u/{id}\n", "write * for one segment"),
        file(2, 17, "rules:\n- path_pattern: /a?b=1\n", "belongs to 'query'"),
        file(2, 17, "rules:\n- path_pattern: [/a]\n", "is a list; a text is needed"),
        file(3, 3, "rules:\n- id: a\n  path_patern: /a\n", "did you mean 'path_pattern'?"),
        field("cacheTtl: 5m", 3, "cacheTtl is not a known field; did you mean 'cache_ttl'?"),
        field("ttl: 5m", 3, "ttl is not a known field; did you mean 'cache_ttl'?"),
        field("method: [GET]", 3, "did you mean 'methods'?"),
        field("colour: red", 3, "colour is not a known field; known are path_pattern, methods"),
        field("cache_ttl: -5m", 14, "cache_ttl is '-5m'; a time cannot be negative"),
        field("cache_ttl: -1", 14, "cannot be negative"),
        field("cache_ttl: 4000d", 14, "at most 10 years"),
        field("cache_ttl: 999999999999d", 14, "at most 10 years"),
        field("cache_ttl: soon", 14, "cache_ttl is 'soon'", "30m, 1h30m, 2d or 90"),
        field("cache_ttl: 30m1h", 14, "30m, 1h30m"),
        field("cache_ttl: 1.5", 14, "30m, 1h30m"),
        field("cache_ttl: 5 m", 14, "30m, 1h30m"),
        field("cache_ttl: true", 14, "30m, 1h30m"),
        field("cache_ttl:", 13, "cache_ttl is nothing"),
        field("cache_ttl: {m: 5}", 14, "is a group of fields"),
        field("cache_ttl: 9999999999999999999999s", 14, "30m, 1h30m"),
        field("strategy: redi", 13, "allowed are memory, redis", "did you mean 'redis'?"),
        field("key_strategy: params", 17, "path, path_params, path_headers"),
        field("write_policy: later", 17, "allowed are through, behind, back"),
        field("set_cookie: keep", 15, "allowed are skip, strip, store"),
        field("close_delimited: false", 20, "allowed are store, skip"),
        field("user_specific: yes", 18, "user_specific is 'yes'; true or false is needed"),
        field("methods: GET", 12, "methods is 'GET'; a list is needed"),
        field("methods: [get]", 13, "methods are in upper case: GET"),
        field("methods: ['G T']", 13, "a method as in GET"),
        field("methods: []", 3, "the rule would speak of no request"),
        field("status_codes: [200, 99]", 23, "a whole number from 100 to 599"),
        field("status_codes: [ok]", 18, "status_codes is 'ok'"),
        field("status_codes: [0x99]", 18, "a whole number from 100 to 599"),
        field("status_codes: []", 3, "strategy: none"),
        field("max_size: 8 apples", 13, "8MB, 512KB or 4096"),
        field("max_size: -1", 13, "8MB, 512KB or 4096"),
        field("max_size: 2GB", 13, "at most 1GB"),
        field("max_size: 99999999TB", 13, "at most 1TB"),
        field("quota_bytes: 0", 16, "strategy: none"),
        field("jitter: 60%", 11, "a share from 0% to 50%"),
        field("jitter: much", 11, "a share from 0% to 50%"),
        field("jitter: 1e999999999", 11, "a share from 0% to 50%"),
        field("refresh_ahead: 100%", 18, "below 100%"),
        field("max_variants: 0", 17, "from 1 to 1000"),
        field("timeout: 0", 12, "from 1s to 1h"),
        field("id: a b", 7, "up to 64 letters"),
        field("priority: high", 13, "a whole number"),
        field("hosts: ['http://a.org']", 11, "without scheme and path"),
        field("headers: [X-A]", 3, "names with values"),
        field("headers: {'X A': b}", 13, "a name without spaces"),
        field("headers: {X-A: [b]}", 18, "a text is needed"),
        field("content_types: [text]", 19, "text/* or application/json"),
        field("tags: ['a,b']", 10, "without spaces and commas"),
        field("query: some", 10, "all, sorted, {allow: [names]}"),
        field("query: {allow: [a], drop: [b]}", 3, "either 'allow' or 'drop'"),
        field("query: {alow: [a], drop: [b]}", 11, "query.alow", "did you mean 'allow'?"),
        field("vary_on: [Accept]", 12, "fields are needed: headers, cookies"),
        field("cookies: all", 12, "fields are needed: ignore"),
        field("cookies: {ignore: some}", 21, "cookies.ignore is 'some'; a list is needed"),
        field("identity: [Authorization]", 14, "header:NAME, cookie:NAME"),
        field("identity: ['header:']", 14, "identity is ''; a text is needed"),
        field("tags_from: X-Tags", 14, "{header: NAME} or {json_path: PATH}"),
        field("tags_from: {}", 3, "either 'header' or 'json_path'"),
        field("tags_from: {json_path: items}", 26, "$.items[*].id"),
        field("warmup: {}", 3, "'cron', 'urls' or 'after'"),
        field("warmup: {cron: ''}", 18, "warmup.cron is ''"),
        field("warmup: {cron: '* * * * *'}", 18, "a cron expression is needed"),
        field("warmup: {cron: '0 0 6 ? * FOO'}", 18, "Invalid Day-of-Week value: 'FOO'"),
        field("warmup: {cron: '0 0 6 W * ?'}", 18, "(Illegal cron expression format)"),
        field("warmup: {urls: ['http://a.org/']}", 19, "a path as in /api"),
        field("warmup: {urls: [/a/b], priority: asap}", 36, "low, normal, high, critical"),
        field("cache_ttl: &t 5m", 14, "an anchor (&name) is not allowed"),
        field("cache_ttl: !!str 5", 14, "the tag", "is not allowed"),
        field("? [a]\n  : b", 5, "a field's name must be a word"),
        field("id: a\n  id: b", 3, "id is given twice, first in line 3").at(4),
        field("key_parts: [path]", 3, "needs key_strategy 'custom'"),
        field("body: true", 3, "needs key_strategy 'custom'"),
        field("key_strategy: custom", 3, "key_parts is needed").at(2),
        field("key_strategy: custom\n  key_parts: [cookies]", 15, "header:NAME").at(4),
        field("override_origin: true", 3, "needs a cache_ttl"),
        field("strategy: aggressive", 3, "'aggressive' needs a cache_ttl"),
        field("min_size: 9MB", 3, "above max_size"),
        field("strategy: redis\n  write_policy: back", 3, "'back' needs memory").at(4),
        field("user_specific: true\n  shared_despite_authorization: true", 3, "contradicts").at(4));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  void isRefusedWithPlaceAndReason(Case each) {
    List<Problem> problems = RuleLoader.file("cache-rules.yaml", each.text()).problems();
    assertThat(problems).hasSize(1);
    Problem problem = problems.get(0);
    assertThat(problem.toString())
        .startsWith("cache-rules.yaml:" + each.line() + ":" + each.column() + ": ")
        .contains(each.words());
  }

  @Test
  void allProblemsAreSaidAtOnceInTheOrderOfTheFile() {
    Loaded loaded =
        RuleLoader.file(
            "f",
            """
            rules:
            - path_pattern: a
              cache_ttl: x
              colour: red
            - id: b
            """);
    assertThat(loaded.problems()).extracting(Problem::line).containsExactly(2, 3, 4, 5);
    assertThat(loaded.good()).isFalse();
  }

  @Test
  void aliasesAreRefusedBeforeTheyGrow() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x]\n");
    for (int i = 1; i < 40; i++) {
      bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }
    assertThat(RuleLoader.file("f", bomb.toString()).problems())
        .anyMatch(problem -> problem.sentence().contains("alias"));
  }

  @Test
  void depthAndLengthAreBounded() {
    assertThat(RuleLoader.file("f", "rules: " + "[".repeat(100_000)).problems())
        .singleElement()
        .asString()
        .contains("nested deeper");
    assertThat(RuleLoader.file("f", "#".repeat(RuleLoader.LONGEST + 1)).problems())
        .singleElement()
        .asString()
        .contains("characters");
    String many = "rules:\n" + "- 1\n".repeat(RuleLoader.MOST_RULES + 1);
    assertThat(RuleLoader.file("f", many).problems())
        .singleElement()
        .asString()
        .contains("100001 rules");
  }

  @Test
  void everyCutOfAGoodFileIsRefusedOrRead() {
    String text =
        """
        rules:
        - id: a
          path_pattern: /a/**
          warmup: {cron: "0 0 * * * ?", urls: ["/a/b"]}
          tags: [x, "y"]
        """;
    for (int end = 0; end < text.length(); end++) {
      Loaded loaded = RuleLoader.file("f", text.substring(0, end));
      assertThat(loaded.good() ? loaded.book() : loaded.problems()).isNotNull();
    }
  }
}
