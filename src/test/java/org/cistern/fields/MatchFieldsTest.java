package org.cistern.fields;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The fields that say which requests a rule speaks of. */
class MatchFieldsTest {

  private static final String RULES =
      """
      rules:
      - id: segment
        path_pattern: /segment/*/end
        cache_ttl: 60
      - id: across
        path_pattern: /across/**
        cache_ttl: 60
      - id: methods
        path_pattern: /methods
        methods: [GET]
        cache_ttl: 60
      - id: posts
        path_pattern: /posts
        methods: [POST]
        cache_ttl: 60
      - id: hosts
        path_pattern: /hosts
        hosts: ["*.example.org"]
        cache_ttl: 60
      - id: headers
        path_pattern: /headers
        headers: {X-Client: mobile*}
        cache_ttl: 60
      - id: first
        path_pattern: /order
        priority: 1
        cache_ttl: 60
      - id: second
        path_pattern: /order
        priority: 9
        cache_ttl: 30
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

  @Test
  void aStarInAPathPatternStandsForOneSegmentAndTwoForAnyNumber() {
    assertThat(door.status("/segment/a/end")).contains("rule=segment", "stored");
    assertThat(door.status("/segment/a/b/end")).contains("reason=rule-none");
    assertThat(door.status("/across/a/b/c")).contains("rule=across", "stored");
    assertThat(door.status("/across")).contains("rule=across");
    assertThat(door.status("/acrossing")).contains("reason=rule-none");
  }

  @Test
  void aRuleForGetSpeaksOfHeadAsWellAndOfNoOtherMethod() {
    door.body("/methods");

    assertThat(status(door.send("HEAD", "/methods"))).contains("hit", "rule=methods");
    assertThat(status(door.send("OPTIONS", "/methods"))).contains("reason=rule-none");
  }

  @Test
  void aRuleForPostWithoutBodyInTheKeyKeepsNothing() {
    assertThat(status(door.send("POST", "/posts"))).contains("rule=posts", "reason=method");
    assertThat(status(door.send("POST", "/posts"))).contains("rule=posts", "reason=method");
    assertThat(door.status("/posts")).contains("reason=rule-none");
  }

  @Test
  void aRuleWithHostsSpeaksOfThoseHostsAlone() {
    assertThat(door.fromHost("api.example.org", "/hosts")).isEqualTo("v1");
    assertThat(door.fromHost("api.example.org", "/hosts")).isEqualTo("v1");
    assertThat(door.fromHost("example.com", "/hosts")).isEqualTo("v2");
    assertThat(door.fromHost("example.com", "/hosts")).isEqualTo("v3");
  }

  @Test
  void aRuleWithHeadersSpeaksOfRequestsThatHaveThem() {
    assertThat(door.status("/headers", "X-Client", "mobile/3")).contains("stored");
    assertThat(door.status("/headers", "X-Client", "mobile/4")).contains("hit");
    assertThat(door.status("/headers", "X-Client", "desktop")).contains("reason=rule-none");
    assertThat(door.status("/headers")).contains("reason=rule-none");
  }

  @Test
  void theFirstRuleOfAFileWinsWhateverItsPriorityAndItsIdIsInTheCacheStatus() {
    assertThat(door.status("/order")).contains("rule=first");
    assertThat(door.status("/order")).contains("rule=first", "ttl=60");
  }

  private static String status(java.net.http.HttpResponse<?> response) {
    return org.cistern.GatewayUnderTest.status(response);
  }
}
