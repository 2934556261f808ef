package org.cistern.rule.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.cistern.rule.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What rules make of each other, and what one rule's fields make of each other. */
class RemarksTest {

  private static Loaded load(String... rules) {
    return RuleLoader.file("f", "rules:\n- {" + String.join("}\n- {", rules) + "}\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "path_pattern: /**                              | path_pattern: /me",
        "path_pattern: /me                              | path_pattern: /me",
        "path_pattern: /api/**                          | path_pattern: /api/*/me",
        "path_pattern: /me, methods: [GET]              | path_pattern: /me, methods: [GET, POST]",
        "path_pattern: /me, hosts: ['*.org']            | path_pattern: /me, hosts: [a.org, b.com]",
        "path_pattern: /me, headers: {A: '*'}           | path_pattern: /me, headers: {a: b}",
        "path_pattern: /me, cache_ttl: 1m, strategy: aggressive | path_pattern: /me",
      })
  void aSharedRuleMayNotCoverOnePerUserBehindIt(String shared, String perUser) {
    Loaded loaded = load("id: open, " + shared, perUser + ", user_specific: true");
    assertThat(loaded.problems())
        .singleElement()
        .asString()
        .startsWith("f:3:3: user_specific would have no effect: the shared rule 'open' (line 2)")
        .contains("put this rule first");
    assertThat(load(perUser + ", user_specific: true", "id: open, " + shared).problems()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "path_pattern: /a/*                    | path_pattern: /a/**",
        "path_pattern: /me, methods: [POST]    | path_pattern: /me",
        "path_pattern: /me, hosts: [a.org]     | path_pattern: /me",
        "path_pattern: /me, hosts: [a.org]     | path_pattern: /me, hosts: [b.org]",
        "path_pattern: /me, hosts: ['a.org:1'] | path_pattern: /me, hosts: [a.org]",
        "path_pattern: /me, headers: {A: b}    | path_pattern: /me, headers: {A: '*'}",
        "path_pattern: /**, strategy: none     | path_pattern: /me",
        "path_pattern: /**, user_specific: true| path_pattern: /me",
      })
  void aRuleThatCoversLessOrSharesNothingMayStandBefore(String first, String perUser) {
    assertThat(load(first, perUser + ", user_specific: true").problems()).isEmpty();
  }

  @Test
  void aSharedRuleOverTheApiMayNotCoverOneOfTheFile() {
    Loaded file = load("id: me, path_pattern: /me, user_specific: true");
    Loaded api = RuleLoader.json(Map.of("path_pattern", "/**", "id", "new"), Instant.EPOCH);
    assertThat(RuleLoader.together(file, api).problems())
        .singleElement()
        .asString()
        .contains("the shared rule 'new' (api)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "path_pattern: /me, hosts: [a.org]     | path_pattern: /me",
        "path_pattern: /**, headers: {A: b}    | path_pattern: /me",
        "path_pattern: /me, hosts: [a.org], headers: {A: b} | path_pattern: /me, hosts: [a.org]"
      })
  void aSharedRuleThatTakesSomeRequestsFromOnePerUserIsWarnedAbout(String shared, String mine) {
    Loaded loaded = load("id: open, " + shared, mine + ", user_specific: true");
    assertThat(loaded.problems()).isEmpty();
    assertThat(loaded.warnings())
        .singleElement()
        .asString()
        .startsWith(
            "f:3:3: user_specific has no effect on the requests that the shared rule 'open'")
        .contains("put this rule first unless that is meant");
  }

  @Test
  void aRuleThatIsNeverReachedIsWarnedAbout() {
    Loaded loaded = load("path_pattern: /a/**", "path_pattern: /a/b", "path_pattern: /b");
    assertThat(loaded.problems()).isEmpty();
    assertThat(loaded.book().warnings())
        .singleElement()
        .asString()
        .isEqualTo(
            "f:3:3: path_pattern is never reached: rule 'a-all' (line 2) stands before it"
                + " and covers it");
  }

  @Test
  void idsAreUnique() {
    assertThat(load("id: x, path_pattern: /a", "id: x, path_pattern: /b").problems())
        .singleElement()
        .asString()
        .isEqualTo("f:3:3: id 'x' (line 2) has this id already; ids are unique");
    assertThat(load("path_pattern: /a", "path_pattern: /a").problems()).hasSize(1);
  }

  @Test
  void warmupFollowsRulesThatAreThereAndNotItself() {
    String a = "id: a, path_pattern: /a, warmup: {after: [b]}";
    String b = "id: b, path_pattern: /b, warmup: {after: [a]}";
    assertThat(load(a).problems())
        .singleElement()
        .asString()
        .contains("'b', which is no rule's id");
    assertThat(load(a, b).problems()).hasSize(2).allMatch(p -> p.sentence().contains("itself"));
    assertThat(load(a, "id: b, path_pattern: /b").problems()).isEmpty();
  }

  @Test
  void aStoredCookieOnASharedRuleIsWarnedAboutUnlessItIsMeant() {
    String store = "path_pattern: /a, set_cookie: store";
    assertThat(load(store).warnings()).singleElement().asString().contains("session", "strip");
    assertThat(load(store + ", user_specific: true").warnings()).isEmpty();
    assertThat(load(store + ", shared_despite_authorization: true").warnings()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "identity: ['cookie:s']                        | identity tells no users apart",
        "key_strategy: path, query: sorted             | query has no effect",
        "key_strategy: path_headers                    | vary_on lists none",
        "key_strategy: custom, key_parts: [query]      | all paths of the pattern share",
        "methods: [GET, POST]                          | methods has 'POST'",
        "jitter: 10%                                   | jitter has no effect",
        "status_codes: [200], negative_ttl: 5s         | negative_ttl has no effect",
        "priority: 5                                   | priority has no effect in a file",
        "warmup: {urls: [/b]}                          | outside the pattern",
        "strategy: memory, write_policy: back          | strategy 'memory' has no lower tier",
        "strategy: none, cache_ttl: 5s                 | keeps nothing",
        "quota_bytes: 1MB                              | one answer may not fit",
      })
  void whatHasNoEffectIsWarnedAbout(String fields, String words) {
    Loaded loaded = load("id: x, path_pattern: /a/**, " + fields);
    assertThat(loaded.problems()).isEmpty();
    assertThat(loaded.warnings())
        .singleElement()
        .extracting(Problem::toString)
        .asString()
        .contains(words);
  }
}
