package org.cistern.fields;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpServerRequest;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a request that changes something makes invalid (RFC 9111 section 4.4). */
class PurgeEffectsTest {

  private static final String RULES =
      """
      rules:
      - {id: user, path_pattern: /user/**, cache_ttl: 1h, user_specific: true}
      - {id: path, path_pattern: /path/**, cache_ttl: 1h, key_strategy: path}
      - {id: drop, path_pattern: /drop/**, cache_ttl: 1h, query: {drop: [utm]}}
      - {id: allow, path_pattern: /allow/**, cache_ttl: 1h, query: {allow: [id]}}
      - {id: sorted, path_pattern: /sorted/**, cache_ttl: 1h, query: sorted}
      - id: custom
        path_pattern: /custom/**
        cache_ttl: 1h
        key_strategy: custom
        key_parts: [path, "param:id"]
      - {id: disk, path_pattern: /disk/**, cache_ttl: 1h, write_policy: through}
      - {id: rest, path_pattern: /**, cache_ttl: 1h}
      """;

  private Door door;

  @BeforeEach
  void start(@TempDir Path folder) {
    door = new Door(folder, RULES, "CISTERN_HOST_ALIASES", "a.example.org, b.example.org");
  }

  @AfterEach
  void stop() {
    door.close();
  }

  /** GET answers as ever; anything else is answered so. */
  private void on(String path, int status, String... headers) {
    door.api()
        .on(
            path,
            (request, number) -> {
              if (isRead(request)) {
                Api.say(request, 200, "v" + number);
              } else {
                Api.say(request, status, "", headers);
              }
            });
  }

  private static boolean isRead(HttpServerRequest request) {
    return request.method().name().equals("GET") || request.method().name().equals("HEAD");
  }

  private void changes(String method, String pathAndQuery) {
    door.send(method, pathAndQuery);
  }

  private void kept(String pathAndQuery, String... headers) {
    assertThat(door.status(pathAndQuery, headers)).contains("hit");
  }

  private void gone(String pathAndQuery, String... headers) {
    assertThat(door.status(pathAndQuery, headers)).contains("reason=purged", "stored");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "POST", "DELETE", "PATCH", "MKCOL", "INVENTED"})
  void anyMethodThatIsNotSafeMakesTheUriInvalid(String method) {
    on("/a", 200);
    door.body("/a");
    kept("/a");
    changes(method, "/a");
    gone("/a");
    kept("/a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"OPTIONS", "PROPFIND", "HEAD"})
  void aSafeMethodMakesNothingInvalid(String method) {
    on("/a", 200);
    door.body("/a");
    changes(method, "/a");
    kept("/a");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 404, 409, 500, 503})
  void anErrorMakesNothingInvalid(int status) {
    on("/a", status);
    door.body("/a");
    changes("PUT", "/a");
    kept("/a");
  }

  @ParameterizedTest
  @ValueSource(ints = {201, 204, 302, 303})
  void aSuccessAndARedirectMakeItInvalid(int status) {
    on("/a", status);
    door.body("/a");
    changes("PUT", "/a");
    gone("/a");
  }

  @Test
  void allUsersLoseIt() {
    on("/user/a", 204);
    door.body("/user/a", "X-API-Key", "ann");
    door.body("/user/a", "X-API-Key", "bob");
    door.send("PUT", "/user/a", "X-API-Key", "ann");
    gone("/user/a", "X-API-Key", "ann");
    gone("/user/a", "X-API-Key", "bob");
  }

  @Test
  void allVariantsAreLost() {
    door.api()
        .on(
            "/vary",
            (request, number) -> Api.say(request, 200, "v" + number, "Vary", "Accept-Language"));
    door.body("/vary", "Accept-Language", "de");
    door.body("/vary", "Accept-Language", "en");
    changes("DELETE", "/vary");
    gone("/vary", "Accept-Language", "de");
    gone("/vary", "Accept-Language", "en");
  }

  @Test
  void whatLocationAndContentLocationNameAtTheSameOriginIsLost() {
    door.body("/new");
    door.body("/list");
    door.body("/other");
    on("/a", 201, "Location", "/new", "Content-Location", "list");
    changes("POST", "/a");
    gone("/new");
    gone("/list");
    kept("/other");
  }

  @Test
  void whatLocationNamesAtAnotherOriginStays() {
    door.body("/new");
    on("/a", 201, "Location", "http://elsewhere.example/new");
    changes("POST", "/a");
    kept("/new");
  }

  @Test
  void aCacheGroupThatTheResponseNamesIsLost() {
    door.api().on("/g1", Api.saying("Cache-Groups", "\"things\", \"more\""));
    door.api().on("/g2", Api.saying("Cache-Groups", "\"other\""));
    door.body("/g1");
    door.body("/g2");
    on("/a", 200, "Cache-Group-Invalidation", "\"things\"");
    changes("POST", "/a");
    gone("/g1");
    kept("/g2");
  }

  @Test
  void aCacheGroupIsOneAtAllHostsThatShare() {
    door.api().on("/g", Api.saying("Cache-Groups", "\"things\""));
    assertThat(door.fromHost("a.example.org", "/g")).isEqualTo("v1");
    on("/a", 200, "Cache-Group-Invalidation", "\"things\"");
    door.raw("DELETE /a HTTP/1.1\r\nHost: b.example.org\r\n");
    assertThat(door.fromHost("a.example.org", "/g")).isEqualTo("v2");
  }

  @Test
  void anUnknownOutcomeCountsAsSuccess() {
    door.api()
        .on(
            "/a",
            (request, number) -> {
              if (isRead(request)) {
                Api.say(request, 200, "v" + number);
              } else {
                request.connection().close();
              }
            });
    door.body("/a");
    assertThat(door.send("POST", "/a").statusCode()).isEqualTo(502);
    gone("/a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"path", "drop", "allow", "custom", "sorted"})
  void aKeyThatLeavesOutPartOfTheQueryIsReachedByAnyOfItsUris(String rule) {
    String uri = "/" + rule + "/a?id=1";
    door.body(uri + "&utm=x");
    if (!rule.equals("sorted")) {
      kept(uri + "&utm=y");
    }
    changes("PUT", rule.equals("sorted") ? "/sorted/a?utm=x&id=1" : uri + "&utm=z");
    gone(uri + "&utm=x");
  }

  @Test
  void aChangeAtOneOfTheHostsThatShareReachesThemAll() {
    door.fromHost("a.example.org", "/a");
    assertThat(door.fromHost("b.example.org", "/a")).isEqualTo("v1");
    door.raw("DELETE /a HTTP/1.1\r\nHost: b.example.org\r\n");
    assertThat(door.fromHost("a.example.org", "/a")).isEqualTo("v3");
  }

  @Test
  void whatIsInvalidDoesNotComeBackFromTheDiskAfterARestart() {
    on("/disk/a", 204);
    door.body("/disk/a");
    door.body("/disk/b");
    changes("PUT", "/disk/a");
    door.restart();
    assertThat(door.body("/disk/a")).isEqualTo("v3");
    assertThat(door.status("/disk/b")).contains("hit", "l3");
  }

  @Test
  void aRequestOnAPathThatNoRuleKeepsMakesOnlyItsLocationInvalid() {
    door.body("/kept");
    on("/kept", 204);
    changes("POST", "/unrelated");
    kept("/kept");
  }
}
