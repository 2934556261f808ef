package org.cistern.http.uri;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cistern.http.uri.TargetRefusal.*;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetParserTest {

  private static TargetOutcome get(String raw) {
    return TargetParser.parse("GET", "http", "example.org", raw);
  }

  private static TargetOutcome host(String scheme, String authority) {
    return TargetParser.parse("GET", scheme, authority, "/");
  }

  private static Target target(String path, @Nullable String query) {
    return new Target("http", "example.org", path, query);
  }

  @Nested
  class ThePath {

    @Test
    void staysTheSameStringWhereNothingChanges() {
      String raw = "/api/v1.2/models;v=1/.well/a..b/c...";
      String host = "example.org:8001";
      TargetOutcome outcome = TargetParser.parse("GET", "http", host, raw);

      assertThat(outcome).isInstanceOf(Target.class);
      assertThat(((Target) outcome).path()).isSameAs(raw);
      assertThat(((Target) outcome).host()).isSameAs(host);
    }

    @ParameterizedTest
    @CsvSource({
      "/%41%7e%2D, /A~-",
      "/a%2fb, /a%2Fb",
      "//a//b/, //a//b/",
      "/%e2%82%ac, /%E2%82%AC",
      "/a%20b, /a%20b",
      "/%2541, /%2541",
      "/.../..., /.../...",
      "/.a/..b/a../a., /.a/..b/a../a.",
      "/a;.., /a;..",
      "'/a|b^{c}\"[d]', /a%7Cb%5E%7Bc%7D%22%5Bd%5D"
    })
    void isWrittenInOneWayOnly(String raw, String path) {
      assertThat(get(raw)).isEqualTo(target(path, null));
    }

    @Test
    void hasItsBytesAboveAsciiEscaped() {
      assertThat(get("/caf\u00c3\u00a9")).isEqualTo(target("/caf%C3%A9", null));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "/..",
          "/../",
          "/a/../b",
          "/a/./b",
          "/.",
          "/%2e%2e/b",
          "/.%2E",
          "/a/..;/b",
          "/a/..;x=1/b",
          "/a/.;/b",
          "/a/..%3b/b",
          "/a/..%2Fb",
          "/a%2f..%2fb",
          "/a%2f%2e%2e",
          "//..//b"
        })
    void isRefusedWithDotSegmentsInAnyClothes(String raw) {
      assertThat(get(raw)).isEqualTo(DOT_SEGMENT);
      assertThat(get(raw + "?q")).isEqualTo(DOT_SEGMENT);
    }

    @Test
    void isRefusedWhereServersWouldReadItDifferently() {
      assertThat(get("/a\\b")).isEqualTo(BACKSLASH);
      assertThat(get("/a%5cb")).isEqualTo(BACKSLASH);
      assertThat(get("/a\rb")).isEqualTo(CONTROL);
      assertThat(get("/a b")).isEqualTo(CONTROL);
      assertThat(get("/a\u007f")).isEqualTo(CONTROL);
      assertThat(get("/a%00b")).isEqualTo(ENCODED_CONTROL);
      assertThat(get("/a%0D%0Ab")).isEqualTo(ENCODED_CONTROL);
      assertThat(get("/a%7f")).isEqualTo(ENCODED_CONTROL);
      assertThat(get("/a#b")).isEqualTo(FRAGMENT);
      assertThat(get("/a%")).isEqualTo(BAD_ESCAPE);
      assertThat(get("/a%4")).isEqualTo(BAD_ESCAPE);
      assertThat(get("/a%4?1")).isEqualTo(BAD_ESCAPE);
      assertThat(get("/a%g1")).isEqualTo(BAD_ESCAPE);
      assertThat(get("/a%+1")).isEqualTo(BAD_ESCAPE);
      assertThat(get("/\u010a")).isEqualTo(NOT_BYTES);
    }
  }

  @Nested
  class TheQuery {

    @ParameterizedTest
    @ValueSource(strings = {"", "a=%41&b=%2f", "?", "q=100%", "../\\x", "a=%0d%0a", "{\"a\":[1]}"})
    void staysAsSent(String query) {
      assertThat(get("/p?" + query)).isEqualTo(target("/p", query));
      assertThat(get("/%70?" + query)).isEqualTo(target("/p", query));
    }

    @Test
    void hasItsBytesAboveAsciiEscaped() {
      assertThat(get("/?q=\u00e9%e9")).isEqualTo(target("/", "q=%E9%e9"));
    }

    @Test
    void isRefusedWithControlCharactersSpacesAndFragments() {
      assertThat(get("/?a b")).isEqualTo(CONTROL);
      assertThat(get("/?a\nb")).isEqualTo(CONTROL);
      assertThat(get("/?a\u0000")).isEqualTo(CONTROL);
      assertThat(get("/?a#b")).isEqualTo(FRAGMENT);
      assertThat(get("/?a\u2028")).isEqualTo(NOT_BYTES);
    }
  }

  @Nested
  class TheHost {

    @ParameterizedTest
    @CsvSource({
      "http, Example.ORG, example.org",
      "http, example.org:80, example.org",
      "http, example.org:, example.org",
      "http, example.org:00080, example.org",
      "http, example.org:443, example.org:443",
      "https, example.org:443, example.org",
      "http, example.org:08001, example.org:8001",
      "http, EXAMPLE.org.:8001, example.org:8001",
      "http, example.org., example.org",
      "http, my_host-1, my_host-1",
      "http, 127.0.0.1:8001, 127.0.0.1:8001",
      "http, [2001:DB8:0:0:0:0:0:1]:80, [2001:db8::1]",
      "https, [::1]:80, [::1]:80",
      "HTTP, a, a"
    })
    void isWrittenInOneWayOnly(String scheme, String raw, String host) {
      assertThat(host(scheme, raw))
          .isInstanceOfSatisfying(Target.class, t -> assertThat(t.host()).isEqualTo(host));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "a b",
          "a/b",
          "a,b",
          "a%41",
          ".",
          ".a",
          "a..b",
          "a..",
          "[::1",
          "[]",
          "[1.2.3.4]",
          "[::1]x",
          "[::1%25eth0]",
          "[v1.x]",
          "ex\u00e4mple",
          "a\\b",
          "a?b",
          "a~b",
          ":80"
        })
    void isRefusedWhereItIsNone(String raw) {
      assertThat(host("http", raw)).isEqualTo(HOST_INVALID);
    }

    @Test
    void isRefusedWithAReasonOfItsOwn() {
      assertThat(host("http", "")).isEqualTo(HOST_MISSING);
      assertThat(TargetParser.parse("GET", "http", null, "/")).isEqualTo(HOST_MISSING);
      assertThat(host("http", "user@example.org")).isEqualTo(USERINFO);
      assertThat(host("http", "a:x")).isEqualTo(PORT);
      assertThat(host("http", "a:0")).isEqualTo(PORT);
      assertThat(host("http", "a:65536")).isEqualTo(PORT);
      assertThat(host("http", "a:99999999999999999999")).isEqualTo(PORT);
      assertThat(host("http", "a:-1")).isEqualTo(PORT);
      assertThat(host("http", "[::1]:x")).isEqualTo(PORT);
      assertThat(host("http", "a".repeat(256))).isEqualTo(HOST_INVALID);
      assertThat(host("ftp", "a")).isEqualTo(SCHEME);
    }
  }

  @Nested
  class OtherForms {

    @Test
    void anAbsoluteTargetOverrulesTheHostField() {
      assertThat(get("HTTP://Other.org:80/a?b"))
          .isEqualTo(new Target("http", "other.org", "/a", "b"));
      assertThat(TargetParser.parse("GET", "http", null, "http://other.org"))
          .isEqualTo(new Target("http", "other.org", "/", null));
      assertThat(get("http://other.org?b")).isEqualTo(new Target("http", "other.org", "/", "b"));
    }

    @Test
    void anAbsoluteTargetObeysTheSameRules() {
      assertThat(get("http://user@other.org/")).isEqualTo(USERINFO);
      assertThat(get("http:///a")).isEqualTo(HOST_MISSING);
      assertThat(get("http://other.org/../a")).isEqualTo(DOT_SEGMENT);
      assertThat(get("http://other.org#a")).isEqualTo(FRAGMENT);
      assertThat(get("http://other.org\\a/")).isEqualTo(HOST_INVALID);
      assertThat(get("https://example.org/")).isEqualTo(SCHEME_MISMATCH);
      assertThat(get("ftp://example.org/")).isEqualTo(SCHEME);
      assertThat(TargetParser.parse("GET", "http", "a b", "http://other.org/"))
          .isEqualTo(HOST_INVALID);
    }

    @Test
    void anAsteriskIsTheServerAsAWholeForOptionsOnly() {
      Target whole = target("*", null);
      assertThat(TargetParser.parse("OPTIONS", "http", "example.org", "*")).isEqualTo(whole);
      assertThat(TargetParser.parse("OPTIONS", "http", "x", "http://example.org")).isEqualTo(whole);
      assertThat(whole.uri()).isEqualTo("http://example.org");
      assertThat(get("*")).isEqualTo(FORM);
      assertThat(get("/*")).isEqualTo(target("/*", null));
    }

    @Test
    void whateverElseIsRefused() {
      assertThat(TargetParser.parse("CONNECT", "http", "a:443", "a:443")).isEqualTo(CONNECT);
      assertThat(get("")).isEqualTo(EMPTY);
      assertThat(get("a/b")).isEqualTo(FORM);
      assertThat(get("?q")).isEqualTo(FORM);
      assertThat(get("://x")).isEqualTo(FORM);
    }
  }
}
