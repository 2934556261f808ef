package org.cistern.safety;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpServerRequest;
import java.nio.file.Path;
import org.cistern.fields.Api;
import org.cistern.fields.Door;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Attempts to have one's own answer, or another's secret, kept for everybody. */
class PoisoningTest {

  private static final String RULES =
      """
      rules:
      - {id: me, path_pattern: /me/**, cache_ttl: 1h, user_specific: true}
      - {id: assets, path_pattern: "/**/*.css", cache_ttl: 1h, override_origin: true}
      - {id: language, path_pattern: /language, cache_ttl: 1h, vary_on: {cookies: [lang]}}
      - {id: page, path_pattern: /page, cache_ttl: 1h, query: {allow: [page]}}
      - {id: paged, path_pattern: /paged/*, cache_ttl: 1h, query: {allow: [page]}}
      - {id: tracked, path_pattern: /tracked, cache_ttl: 1h, query: {drop: [utm]}}
      - {id: rest, path_pattern: /**, cache_ttl: 1h}
      """;

  private static Door door;

  @BeforeAll
  static void start(@TempDir Path folder) {
    door = new Door(folder, RULES, "CISTERN_HOST_ALIASES", "a.example.org,b.example.org");
  }

  @AfterAll
  static void stop() {
    door.close();
  }

  private static String user(HttpServerRequest request) {
    return request.getHeader("Authorization")
        + request.getHeader("X-API-Key")
        + request.getHeader("Cookie");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/me/x.css",
        "/me;x.css",
        "/me;/x.css",
        "/me%2Fx.css",
        "//me/x.css",
        "/me//x.css",
        "/a/../me/x.css",
        "/me/%2e%2e/me/x.css",
        "/./me/x.css",
        "/me/x%2Ecss",
        "/%6de/x.css",
        "/me/x.css?a",
        "/me/x.css%3Fa",
        "/me/.css",
        "/me/x.css/",
        "/Me/x.css",
        "/me%3Bx.css",
        "/me%00.css",
        "/me%0Ax.css",
        "/me/%E2%80%AE.css"
      })
  void aPathThatLooksLikeAFileDoesNotMakeThePageOfOneUserTheFileOfAll(String path) {
    for (String credential : new String[] {"Authorization", "X-API-Key", "Cookie"}) {
      door.api()
          .on(path.replaceAll("\\?.*", ""), (request, n) -> Api.say(request, 200, user(request)));
      String secret = credential.equals("Cookie") ? "sid=ann-secret" : "ann-secret";
      door.raw(get(path) + credential + ": " + secret + "\r\n");

      assertThat(door.raw(get(path))).doesNotContain("ann-secret");
      String bob = credential.equals("Cookie") ? "sid=bob" : "bob";
      assertThat(door.raw(get(path) + credential + ": " + bob + "\r\n"))
          .doesNotContain("ann-secret");
    }
  }

  private static String get(String path) {
    return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n";
  }

  @ParameterizedTest
  @CsvSource({
    "X-Forwarded-Host, evil.example",
    "X-Forwarded-Proto, evil",
    "X-Forwarded-Port, 666",
    "X-Forwarded-Server, evil.example",
    "X-Forwarded-Prefix, /evil",
    "X-Forwarded-Scheme, evil",
    "Forwarded, host=evil.example",
    "X-Host, evil.example",
    "X-Original-Host, evil.example",
    "X-Original-URL, /evil",
    "X-Rewrite-URL, /evil",
    "X-HTTP-Method-Override, EVIL",
    "X-Method-Override, EVIL",
    "X-HTTP-Method, EVIL"
  })
  void aFieldThatIsNotInTheKeyCannotShapeWhatEverybodyGets(String name, String value) {
    String path = "/echo/" + name;
    door.api().on(path, (request, n) -> Api.say(request, 200, "<" + request.getHeader(name) + ">"));
    door.get(path, name, value);

    assertThat(door.body(path)).doesNotContainIgnoringCase("evil").doesNotContain("666");
  }

  @Test
  void anInventedHostPoisonsNobodyElsesAnswer() {
    door.api().on("/host", (request, n) -> Api.say(request, 200, "to " + request.authority()));
    String evil = door.fromHost("evil.example", "/host");

    assertThat(evil).doesNotContain("evil.example");
    assertThat(door.raw(get("/host"))).contains("fwd=uri-miss");
    assertThat(door.api().count("/host")).isEqualTo(2);
  }

  @Test
  void hostsOfTheConfiguredListShareAndNoOthersDo() {
    assertThat(door.fromHost("a.example.org", "/aliases")).isEqualTo("v1");
    assertThat(door.fromHost("b.example.org", "/aliases")).isEqualTo("v1");
    assertThat(door.fromHost("B.EXAMPLE.ORG", "/aliases")).isEqualTo("v1");
    assertThat(door.fromHost("c.example.org", "/aliases")).isEqualTo("v2");
    assertThat(door.fromHost("a.example.org:81", "/aliases")).isEqualTo("v3");
    assertThat(door.fromHost("xa.example.org", "/aliases")).isEqualTo("v4");
  }

  @Test
  void anAbsoluteTargetGoesBeforeTheHostFieldSoThatTheyCannotDisagree() {
    String first = door.raw("GET http://one.example/absolute HTTP/1.1\r\nHost: two.example\r\n");

    assertThat(first).endsWith("v1");
    assertThat(door.fromHost("two.example", "/absolute")).isEqualTo("v2");
    assertThat(door.fromHost("one.example", "/absolute")).isEqualTo("v1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"p%61ge=2", "page=2", "%70%61%67%65=2", "page=%32", "x=1&page=2"})
  void aParameterOfTheKeyIsFoundUnderAnySpelling(String query) {
    door.api()
        .on(
            "/page",
            (request, n) -> Api.say(request, 200, String.valueOf(request.getParam("page"))));
    assertThat(door.body("/page?page=1")).isEqualTo("1");

    assertThat(door.body("/page?" + query)).isEqualTo("2");
    assertThat(door.body("/page?page=1")).isEqualTo("1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "utm=1&id=2",
        "utm;id=2",
        "utm=1;id=2&id=2",
        "utm=a%26id=1&id=2",
        "id=1&utm=1;id=2",
        "id=1;id=2",
        "utm=;id=2&id=1",
        "id=1&%75tm=1;id=2"
      })
  void aDroppedParameterDoesNotTakeOthersWithIt(String query) {
    door.api()
        .on("/tracked", (request, n) -> Api.say(request, 200, String.valueOf(request.query())));
    assertThat(door.body("/tracked?id=1")).isEqualTo("id=1");

    assertThat(door.body("/tracked?" + query)).contains("id=2");
    assertThat(door.body("/tracked?id=1")).isEqualTo("id=1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "page=1&x=1;page=2",
        "page=1&page[]=2",
        "page=1&page%5B%5D=2",
        "page=1&page[0]=2",
        "page=1&Page=2",
        "page=1&+page=2",
        "page=1&[page=2",
        "page=1&page=2"
      })
  void whatAnOriginMayReadAsAParameterOfTheKeyIsInTheKey(String query) {
    String path = "/paged/" + Integer.toHexString(query.hashCode());
    door.api().on(path, (request, n) -> Api.say(request, 200, String.valueOf(request.query())));
    assertThat(door.body(path + "?page=1&other=1")).isEqualTo("page=1&other=1");
    door.raw(get(path + "?" + query));

    assertThat(door.body(path + "?page=1")).isEqualTo("page=1&other=1");
    assertThat(door.raw(get(path + "?" + query))).endsWith(query);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "xlang=de",
        "lang =de; lang=de",
        "Lang=de",
        "__Host-lang=de",
        "lang%3Dde",
        "lang=\"de\"",
        "a=lang=de",
        "lang=de2",
        "lang=",
        "lang"
      })
  void aCookieThatOnlyLooksLikeTheKeysOneIsAnotherOne(String cookie) {
    door.api()
        .on(
            "/language",
            (request, n) -> Api.say(request, 200, String.valueOf(request.getHeader("Cookie"))));
    door.body("/language", "Cookie", cookie);

    assertThat(door.body("/language", "Cookie", "lang=de")).isEqualTo("lang=de");
    assertThat(door.body("/language")).isEqualTo("null");
  }
}
