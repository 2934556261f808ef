package org.cistern.purge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathGlobTest {

  @ParameterizedTest
  @CsvSource({
    "/a,           /a,        true",
    "/a,           /a/,       false",
    "/a/*,         /a/b,      true",
    "/a/*,         /a/b/c,    false",
    "/a/*/c,       /a/b/c,    true",
    "/a/*.json,    /a/b.json, true",
    "/a/*.json,    /a/b/json, false",
    "/a/**,        /a/b/c,    true",
    "/a/**,        /a,        true",
    "/a/**,        /ab,       false",
    "/a/**/c,      /a/c,      true",
    "/a/**/c,      /a/b/b/c,  true",
    "/a/**/c,      /a/bc,     false",
    "**,           /a/b,      true",
    "**/c,         /a/b/c,    true",
    "/a**,         /ab/c,     true",
    "/*/x/**/*.js, /a/x/y.js, true",
    "/*/x/**/*.js, /a/b/y.js, false",
  })
  void aStarStaysWithinASegmentAndTwoGoAcross(String pattern, String path, boolean matches) {
    assertThat(new PathGlob(pattern).matches(path)).isEqualTo(matches);
  }

  @Property
  void itMatchesWhatTheSameRegularExpressionMatches(
      @ForAll @Chars({'a', 'b', '/', '*'}) @StringLength(max = 10) String pattern,
      @ForAll @Chars({'a', '/'}) @CharRange(from = 'a', to = 'b') @StringLength(max = 10)
          String path) {
    assertThat(new PathGlob(pattern).matches(path))
        .isEqualTo(Pattern.matches(regex(pattern), path));
  }

  /** The same language, told in another way: from left to right, the longest wildcard first. */
  static String regex(String pattern) {
    return pattern
        .replaceAll("/\\*\\*(?=/|$)", "<segments>")
        .replace("**", "<across>")
        .replace("*", "[^/]*")
        .replace("<across>", ".*")
        .replace("<segments>", "(/.*)?");
  }

  @Test
  void aHostilePatternIsNoSlowerThanItsLength() {
    String pattern = "/" + "**a*".repeat(200) + "b";
    assertThat(new PathGlob(pattern).matches("/" + "a".repeat(4_000))).isFalse();
  }
}
