package org.cistern.rule.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PathPatternPropertyTest {

  @Property(tries = 3000)
  void agreesWithTheRegularExpressionThatSaysTheSame(
      @ForAll("patterns") String pattern, @ForAll("paths") String path) {
    assertThat(PathPattern.of(pattern).matches(path)).isEqualTo(regex(pattern).matches(path));
  }

  @Property(tries = 3000)
  void whatIsCoveredIsMatched(
      @ForAll("patterns") String wide,
      @ForAll("patterns") String narrow,
      @ForAll("manyPaths") List<String> paths) {
    PathPattern one = PathPattern.of(wide);
    PathPattern other = PathPattern.of(narrow);
    if (one.covers(other)) {
      assertThat(paths.stream().filter(other::matches)).allMatch(one::matches);
    }
  }

  @Property(tries = 2000)
  void everyPatternCoversItselfAndIsCoveredByAll(@ForAll("patterns") String pattern) {
    assertThat(PathPattern.of(pattern).covers(PathPattern.of(pattern))).isTrue();
    assertThat(PathPattern.of("/**").covers(PathPattern.of(pattern))).isTrue();
  }

  @Provide
  Arbitrary<String> patterns() {
    return Arbitraries.of("a", "b", "/", "/", "*", "**", "/**", "/*", "ab")
        .list()
        .ofMaxSize(8)
        .map(parts -> "/" + String.join("", parts))
        .filter(text -> !text.contains("***"));
  }

  @Provide
  Arbitrary<String> paths() {
    return Arbitraries.of('a', 'b', '/', 'c')
        .list()
        .ofMaxSize(9)
        .map(chars -> "/" + String.join("", chars.stream().map(String::valueOf).toList()));
  }

  @Provide
  Arbitrary<List<String>> manyPaths() {
    return paths().list().ofSize(60);
  }

  private record Reference(Pattern pattern) {
    boolean matches(String path) {
      return pattern.matcher(path).matches();
    }
  }

  private static Reference regex(String pattern) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < pattern.length(); ) {
      if (pattern.startsWith("/**", i)
          && (i + 3 == pattern.length() || pattern.charAt(i + 3) == '/')) {
        regex.append("(/.*)?");
        i += 3;
      } else if (pattern.startsWith("**", i)) {
        regex.append(".*");
        i += 2;
      } else {
        char c = pattern.charAt(i++);
        regex.append(c == '*' ? "[^/]*" : Pattern.quote(String.valueOf(c)));
      }
    }
    return new Reference(Pattern.compile(regex.toString()));
  }
}
