package org.cistern.fields;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The fields that say which requests share an answer. */
class KeyFieldsTest {

  private static final String RULES =
      """
      rules:
      - {id: path, path_pattern: /path, cache_ttl: 60, key_strategy: path}
      - {id: params, path_pattern: /params, cache_ttl: 60, key_strategy: path_params}
      - id: headers
        path_pattern: /headers
        cache_ttl: 60
        key_strategy: path_headers
        vary_on: {headers: [X-Tenant]}
      - id: both
        path_pattern: /both
        cache_ttl: 60
        key_strategy: path_params_headers
        vary_on: {headers: [X-Tenant]}
      - {id: user, path_pattern: /user, cache_ttl: 60, key_strategy: path_params_user}
      - id: custom
        path_pattern: /custom/**
        cache_ttl: 60
        key_strategy: custom
        key_parts: ["param:id", "header:X-Tenant", "cookie:lang"]
      - {id: specific, path_pattern: /specific, cache_ttl: 60, user_specific: true}
      - id: session
        path_pattern: /session
        cache_ttl: 60
        user_specific: true
        identity: ["cookie:sid"]
      - id: parameter
        path_pattern: /parameter
        cache_ttl: 60
        user_specific: true
        identity: ["param:key"]
        query: {drop: [key]}
      - {id: all, path_pattern: /all, cache_ttl: 60, query: all}
      - {id: sorted, path_pattern: /sorted, cache_ttl: 60, query: sorted}
      - {id: allow, path_pattern: /allow, cache_ttl: 60, query: {allow: [id]}}
      - {id: drop, path_pattern: /drop, cache_ttl: 60, query: {drop: [utm]}}
      - id: cookies
        path_pattern: /vary
        cache_ttl: 60
        vary_on: {cookies: [lang]}
      - {id: ignored, path_pattern: /ignored, cache_ttl: 60, cookies: {ignore: all}}
      - id: listed
        path_pattern: /listed
        cache_ttl: 60
        cookies: {ignore: ["_ga*"]}
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

  /** The first request makes v1; whether another one shares it shows in its body. */
  private static void shares(String path, String... headers) {
    assertThat(door.status(path, headers)).contains("hit");
  }

  private static void asks(String path, String... headers) {
    assertThat(door.status(path, headers)).contains("fwd=", "stored");
  }

  @Test
  void pathLeavesTheQueryOut() {
    asks("/path?a=1");
    shares("/path?a=2");
    shares("/path");
  }

  @Test
  void pathParamsHasTheQuery() {
    asks("/params?a=1");
    shares("/params?a=1");
    asks("/params?a=2");
  }

  @Test
  void pathHeadersHasTheHeadersOfVaryOnAndNoQuery() {
    asks("/headers?a=1", "X-Tenant", "x");
    shares("/headers?a=2", "X-Tenant", "x");
    asks("/headers?a=1", "X-Tenant", "y");
    asks("/headers?a=1");
  }

  @Test
  void pathParamsHeadersHasBoth() {
    asks("/both?a=1", "X-Tenant", "x");
    asks("/both?a=2", "X-Tenant", "x");
    asks("/both?a=1", "X-Tenant", "y");
    shares("/both?a=1", "X-Tenant", "x");
  }

  @Test
  void pathParamsUserKeepsAnEntryPerUser() {
    asks("/user", "Authorization", "Bearer ann");
    asks("/user", "Authorization", "Bearer bob");
    shares("/user", "Authorization", "Bearer ann");
    assertThat(door.status("/user")).contains("not-stored=no-identity");
  }

  @Test
  void customHasItsKeyPartsAndNothingElse() {
    asks("/custom/a?id=1&x=1", "X-Tenant", "x", "Cookie", "lang=de");
    shares("/custom/b?id=1&x=2", "X-Tenant", "x", "Cookie", "lang=de");
    asks("/custom/a?id=2", "X-Tenant", "x", "Cookie", "lang=de");
    asks("/custom/a?id=1", "X-Tenant", "y", "Cookie", "lang=de");
    asks("/custom/a?id=1", "X-Tenant", "x", "Cookie", "lang=en");
  }

  @Test
  void userSpecificAddsTheUserToAnyStrategy() {
    asks("/specific", "X-API-Key", "ann");
    asks("/specific", "X-API-Key", "bob");
    shares("/specific", "X-API-Key", "bob");
    assertThat(door.status("/specific")).contains("not-stored=no-identity");
  }

  @Test
  void identityNamesACookieOrAParameterThatStandsForTheUser() {
    asks("/session", "Cookie", "sid=ann");
    asks("/session", "Cookie", "sid=bob");
    shares("/session", "Cookie", "sid=ann");
    asks("/parameter?key=ann");
    asks("/parameter?key=bob");
    shares("/parameter?key=ann");
  }

  @Test
  void identityNamesAHeaderThatATrustedProxySets(@TempDir Path folder) {
    String rules =
        """
        rules:
        - id: header
          path_pattern: /**
          cache_ttl: 60
          user_specific: true
          identity: ["header:X-User"]
        """;
    try (Door trusting = new Door(folder, rules, "CISTERN_TRUSTED_PROXIES", "127.0.0.1")) {
      assertThat(trusting.body("/a", "X-User", "ann")).isEqualTo("v1");
      assertThat(trusting.body("/a", "X-User", "bob")).isEqualTo("v2");
      assertThat(trusting.body("/a", "X-User", "ann")).isEqualTo("v1");
      assertThat(trusting.status("/a")).contains("not-stored=no-identity");
    }
  }

  @Test
  void aHeaderThatNobodyVouchesForIsNoIdentity(@TempDir Path folder) {
    String rules =
        """
        rules:
        - id: header
          path_pattern: /**
          cache_ttl: 60
          user_specific: true
          identity: ["header:X-User", "header:Authorization"]
        """;
    try (Door doubting = new Door(folder, rules)) {
      assertThat(doubting.status("/a", "X-User", "ann", "Authorization", "Basic app"))
          .contains("not-stored=no-identity");
      assertThat(doubting.status("/a", "Authorization", "Basic app")).contains("stored");
    }
  }

  @Test
  void identityOfASharedRuleComesOnTopOfTheUsualCredentials(@TempDir Path folder) {
    String rules =
        """
        rules:
        - {id: shared, path_pattern: /**, cache_ttl: 60, identity: ["header:X-User"]}
        """;
    try (Door sharing = new Door(folder, rules)) {
      assertThat(sharing.status("/a", "X-API-Key", "ann")).contains("not-stored=identified");
      assertThat(sharing.status("/b", "X-User", "ann")).contains("not-stored=identified");
      assertThat(sharing.status("/c", "Authorization", "a")).contains("not-stored=authorization");
      assertThat(sharing.status("/d")).contains("stored");
    }
  }

  @Test
  void queryAllTakesItAsItStands() {
    asks("/all?a=1&b=2");
    asks("/all?b=2&a=1");
  }

  @Test
  void querySortedTakesItsParametersInAnyOrder() {
    asks("/sorted?a=1&b=2");
    shares("/sorted?b=2&a=1");
    asks("/sorted?b=2&a=3");
  }

  @Test
  void queryAllowTakesTheNamedParametersAlone() {
    asks("/allow?id=1&x=1");
    shares("/allow?id=1&x=2");
    asks("/allow?id=2&x=1");
    asks("/allow?%69d=3");
  }

  @Test
  void queryDropTakesAllButTheNamedParameters() {
    asks("/drop?id=1&utm=a");
    shares("/drop?utm=b&id=1");
    shares("/drop?id=1");
    asks("/drop?id=2&utm=a");
  }

  @Test
  void varyOnCookiesKeepsAnEntryPerValue() {
    asks("/vary", "Cookie", "lang=de");
    asks("/vary", "Cookie", "lang=en");
    shares("/vary", "Cookie", "lang=de");
    assertThat(door.status("/vary", "Cookie", "lang=fr; who=ann"))
        .contains("not-stored=unknown-cookie");
  }

  @Test
  void cookiesThatTheRuleIgnoresDoNotKeepAnAnswerFromBeingStored() {
    asks("/ignored", "Cookie", "who=ann");
    shares("/ignored", "Cookie", "who=bob");
    asks("/listed", "Cookie", "_ga_x=1; _gat=2");
    shares("/listed", "Cookie", "_ga_x=2");
    assertThat(door.status("/listed?1", "Cookie", "who=ann")).contains("not-stored=unknown-cookie");
  }
}
