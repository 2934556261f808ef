package org.cistern.rule.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathPatternTest {

  @ParameterizedTest
  @CsvSource({
    "/a/b, /a/b",
    "/a/*, /a/b",
    "/a/*, /a/",
    "/a/*/c, /a/b/c",
    "/a/b*d, /a/bcd",
    "/a/b*d, /a/bd",
    "/a/**, /a",
    "/a/**, /a/",
    "/a/**, /a/b/c",
    "/**, /",
    "/**, /a/b",
    "/a/**/d, /a/d",
    "/a/**/d, /a/b/c/d",
    "/a/**/*.css, /a/x.css",
    "/a/**/*.css, /a/b/c/x.css",
    "/img/**.png, /img/a/b.png",
    "/*/b/*/d, /a/b/c/d",
    "/a*a*a, /aaaa",
    "/**/a/**/b/**, /x/a/b",
    "/a.b, /a.b",
    "/caf\u00e9, /caf%C3%A9",
    "/a b, /a%20b",
    "/%7euser, /~user",
    "/a%2fb, /a%2Fb",
    "/(a|b)+$, /(a|b)+$",
  })
  void speaksOf(String pattern, String path) {
    assertThat(PathPattern.of(pattern).matches(path)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "/a/b, /a/b/",
    "/a/b, /A/b",
    "/a/*, /a",
    "/a/*, /a/b/c",
    "/a/*/c, /a/c",
    "/a/b*d, /a/bc/d",
    "/a/**, /ab",
    "/a/**/d, /a/bd",
    "/a/**/*.css, /a/b/c.css/d",
    "/a/**/b, /a/c/d",
    "/*/b/*/d, /a/b/c/e/d",
    "/a.b, /axb",
    "/a*/b*/c, /a/b/x/c",
    "/aa*aa, /aaa",
  })
  void doesNotSpeakOf(String pattern, String path) {
    assertThat(PathPattern.of(pattern).matches(path)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "/**, /a/**",
    "/a/**, /a",
    "/a/**, /a/*/c/**",
    "/a/*, /a/b*",
    "/a/b*, /a/bc*d",
    "/**/x, /a/**/x",
    "/a**, /a/**",
    "/a/**/b/**, /a/b/c",
    "/a/**/c, /a/*/c",
    "/**/*.css, /static/*.css",
    "/a/**, /a/**/**",
  })
  void covers(String wide, String narrow) {
    assertThat(PathPattern.of(wide).covers(PathPattern.of(narrow))).isTrue();
    assertThat(PathPattern.of(narrow).covers(PathPattern.of(wide)))
        .as("and not the reverse")
        .isEqualTo(narrow.equals("/a/**/**"));
  }

  @ParameterizedTest
  @CsvSource({
    "/a/*, /a/**",
    "/a/*/c, /a/**/c",
    "/*/me, /users/*",
    "/a/b*, /a/*b",
    "/a/**/b, /a/**",
    "/api, /api/v1",
  })
  void doesNotCover(String wide, String narrow) {
    assertThat(PathPattern.of(wide).covers(PathPattern.of(narrow))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "a/b, begin with '/'",
    "/a/***, three stars",
    "/a?b=c, query",
    "/a#b, '#'",
    "/a\\b, backslash",
    "/users/{id}, write *",
    "/a/../b, '..'",
    "/a/%2, hexadecimal",
    "/a/%zz, hexadecimal",
  })
  void refuses(String pattern, String reason) {
    assertThatThrownBy(() -> PathPattern.of(pattern)).hasMessageContaining(reason);
  }

  @Test
  void refusesMoreBetweenItsStarsThanItCanHold() {
    String long62 = "x".repeat(62);
    assertThatThrownBy(() -> PathPattern.of("/*" + long62 + "*")).hasMessageContaining("62");
    assertThat(PathPattern.of("/" + long62 + long62 + "*").matches("/" + long62 + long62)).isTrue();
  }

  @Test
  void hostilePathsTakeNoLongerThanOthers() {
    PathPattern pattern = PathPattern.of("/**a*a*a*a*a*a**a*a*a*a*b*/c");
    String path = "/" + "a".repeat(100_000) + "/c";
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(20), () -> assertThat(pattern.matches(path)).isFalse());
  }
}
