package org.cistern.rule.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.cistern.http.uri.Target;
import org.cistern.rule.Asked;
import org.cistern.rule.Books;
import org.cistern.rule.Rule;
import org.cistern.rule.Source;
import org.cistern.rule.load.Loaded;
import org.cistern.rule.load.RuleLoader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuleBookTest {

  private static final Asked WHOLE_SERVER =
      Asked.of("OPTIONS", new Target("http", "example.org", Target.WHOLE_SERVER, null));

  private static @Nullable String match(RuleBook book, Asked asked) {
    Rule rule = book.match(asked);
    return rule == null ? null : rule.id();
  }

  @Test
  void theFirstRuleOfTheFileWins() {
    RuleBook book =
        Books.of(
            """
            rules:
            - {id: some, path_pattern: /a/*}
            - {id: one, path_pattern: /a/b}
            - {id: rest, path_pattern: /**}
            """);
    assertThat(match(book, Asked.get("/a/b"))).isEqualTo("some");
    assertThat(match(book, Asked.get("/b"))).isEqualTo("rest");
  }

  @Test
  void aRequestThatNoRuleSpeaksOfPassesThrough() {
    assertThat(RuleBook.empty().match(Asked.get("/"))).isNull();
    assertThat(match(Books.of("rules: [{path_pattern: /a}]"), Asked.get("/b"))).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//us/r",
        "/us//r",
        "/us;a=1/r",
        "/us%2Fr",
        "/us%2F/r",
        "/us/r/",
        "/own/",
        "/own%2F",
        "/own%3B.css"
      })
  void aPathThatMayBeReadAsOneThatAnotherRuleKeepsApartPassesThrough(String path) {
    RuleBook book =
        Books.of(
            """
            rules:
            - {id: us, path_pattern: /us/*, user_specific: true}
            - {id: own, path_pattern: /own, user_specific: true}
            - {id: rest, path_pattern: /**}
            """);
    assertThat(match(book, Asked.get(path))).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/projects/a%2Fb", "/files//a", "/x;v=1"})
  void aPathThatMayBeReadAsOneThatIsForEverybodyHasItsRule(String path) {
    RuleBook book =
        Books.of(
            """
            rules:
            - {id: own, path_pattern: /own, user_specific: true}
            - {id: one, path_pattern: /projects/a}
            - {id: rest, path_pattern: /**}
            """);
    assertThat(match(book, Asked.get(path))).isEqualTo("rest");
  }

  @Test
  void rulesOverTheApiGoFirstByPriorityThenByAge() {
    Loaded file = RuleLoader.file("f", "rules: [{id: file, path_pattern: /**}]");
    Loaded all =
        RuleLoader.together(
            RuleLoader.together(file, api("young", 5, 30)),
            RuleLoader.together(api("low", 1, 1), api("old", 5, 20)));
    assertThat(all.book().rules())
        .extracting(placed -> placed.rule().id())
        .containsExactly("old", "young", "low", "file");
    assertThat(match(all.book(), Asked.get("/x"))).isEqualTo("old");
  }

  private static Loaded api(String id, int priority, long made) {
    return RuleLoader.json(
        Map.of("id", id, "path_pattern", "/**", "priority", priority), Instant.ofEpochSecond(made));
  }

  @Test
  void methodsSelectAndGetStandsForHead() {
    RuleBook book =
        Books.of(
            """
            rules:
            - {id: get, path_pattern: /a, methods: [GET]}
            - {id: post, path_pattern: /a, methods: [POST]}
            """);
    assertThat(match(book, Asked.get("/a").by("HEAD"))).isEqualTo("get");
    assertThat(match(book, Asked.get("/a").by("POST"))).isEqualTo("post");
    assertThat(match(book, Asked.get("/a").by("get"))).isNull();
    assertThat(match(book, Asked.get("/a").by("DELETE"))).isNull();
  }

  @Test
  void hostsSelectOnAnyPortUnlessOneIsNamed() {
    RuleBook book =
        Books.of(
            """
            rules:
            - {id: port, path_pattern: /**, hosts: ["api.example.org:8443"]}
            - {id: sub, path_pattern: /**, hosts: ["*.Example.org", "[::1]"]}
            """);
    assertThat(match(book, Asked.get("https://api.example.org:8443/"))).isEqualTo("port");
    assertThat(match(book, Asked.get("http://api.example.org:80/"))).isEqualTo("sub");
    assertThat(match(book, Asked.get("http://[::1]:8001/"))).isEqualTo("sub");
    assertThat(match(book, Asked.get("http://example.org/"))).isNull();
    assertThat(match(book, Asked.get("http://example.org.evil/"))).isNull();
  }

  @Test
  void headersSelectByAnyOfTheirLines() {
    RuleBook book =
        Books.of("rules: [{id: acme, path_pattern: /**, headers: {X-Tenant: 'acme*'}}]");
    Asked two = Asked.get("/").with("x-tenant", "other").with("X-TENANT", "acme-1");
    assertThat(match(book, two)).isEqualTo("acme");
    assertThat(match(book, Asked.get("/").with("x-tenant", "other"))).isNull();
    assertThat(match(book, Asked.get("/"))).isNull();
  }

  @Test
  void onlyRulesThatKeepAnswersHaveSomethingToInvalidate() {
    RuleBook book =
        Books.of(
            """
            rules:
            - {path_pattern: /raw/**, strategy: none}
            - {path_pattern: /a/**, hosts: [a.org]}
            """);
    assertThat(book.keepsAnswersOf(new Target("http", "a.org", "/a/b", null))).isTrue();
    assertThat(book.keepsAnswersOf(new Target("http", "b.org", "/a/b", null))).isFalse();
    assertThat(book.keepsAnswersOf(new Target("http", "a.org", "/raw/x", null))).isFalse();
  }

  @Test
  void aRuleIsFoundByItsIdWithItsPlace() {
    RuleBook book = Books.of("rules:\n- path_pattern: /a\n- {id: two, path_pattern: /b}\n");
    assertThat(book.rule("two"))
        .satisfies(placed -> assertThat(placed.source()).hasToString(inFile(3)));
    assertThat(book.rule("three")).isNull();
    assertThat(book.notes()).singleElement().asString().contains("test.yaml:2:3", "'a'");
  }

  private static String inFile(int line) {
    return new Source.InFile("test.yaml", line, 3).toString();
  }

  @Test
  void tenThousandRulesAreFoundOneByOne() {
    List<String> lines = new ArrayList<>(List.of("rules:"));
    for (int i = 0; i < 10_000; i++) {
      lines.add("- {id: r%d, path_pattern: %s}".formatted(i, pattern(i)));
    }
    RuleBook book = Books.of(String.join("\n", lines));
    for (int i = 0; i < 10_000; i++) {
      String path = pattern(i).replace("**", "x/y").replace("*", "z");
      assertThat(match(book, Asked.get(path))).isEqualTo("r" + i);
    }
  }

  @Test
  void manyRulesOfOneBeginningKeepTheirOrderBesideFewOfAnother() {
    RuleBook book =
        Books.of(
            """
            rules:
            - {id: one, path_pattern: /a/*/one}
            - {id: two, path_pattern: /a/*/two}
            - {id: b, path_pattern: /a/b/**}
            - {id: post, path_pattern: /a/**, methods: [POST]}
            - {id: four, path_pattern: /a/*/four}
            - {id: star, path_pattern: /a/*}
            - {id: last, path_pattern: /a/**}
            - {id: never, path_pattern: /a/c}
            """);
    assertThat(match(book, Asked.get("/a/b/one"))).isEqualTo("one");
    assertThat(match(book, Asked.get("/a/b/four"))).isEqualTo("b");
    assertThat(match(book, Asked.get("/a/b/four").by("POST"))).isEqualTo("post");
    assertThat(match(book, Asked.get("/a/c/four"))).isEqualTo("four");
    assertThat(match(book, Asked.get("/a/c"))).isEqualTo("star");
    assertThat(match(book, Asked.get("/a/"))).isEqualTo("star");
    assertThat(match(book, Asked.get("/a"))).isEqualTo("last");
  }

  @Test
  void aCatchAllBeforeTheOthersHidesThemAndBehindThemTakesTheRest() {
    String all = "- {id: all, path_pattern: /**}\n";
    String one = "- {id: one, path_pattern: /a/b}\n";
    assertThat(match(Books.of("rules:\n" + all + one), Asked.get("/a/b"))).isEqualTo("all");
    assertThat(match(Books.of("rules:\n" + one + all), Asked.get("/a/b"))).isEqualTo("one");
    assertThat(match(Books.of("rules:\n" + one + all), Asked.get("/a/b/"))).isEqualTo("all");
    assertThat(match(Books.of("rules:\n" + one + all), Asked.get("/"))).isEqualTo("all");
  }

  @Test
  void manyPathsThatNoRuleSpeaksOfFindNone() {
    List<String> lines = new ArrayList<>(List.of("rules:"));
    for (int i = 0; i < 10_000; i++) {
      lines.add("- {path_pattern: /n%d%s}".formatted(2 * i, i % 2 == 0 ? "/**" : ""));
    }
    RuleBook book = Books.of(String.join("\n", lines));
    for (int i = 1; i < 20_000; i += 2) {
      assertThat(match(book, Asked.get("/n" + i))).isNull();
      assertThat(match(book, Asked.get("/n" + i + "/x"))).isNull();
      assertThat(match(book, Asked.get("/m" + i))).isNull();
    }
  }

  /** Two beginnings of one length with one place in a small table and one mark. */
  @Test
  void aPathWhoseBeginningLooksLikeAnotherOneIsToldApart() {
    String twin =
        IntStream.range(10_000, 100_000)
            .mapToObj(i -> "/q" + i)
            .filter(path -> ((FlatTable.hash(path) ^ FlatTable.hash("/p10000")) & 0xFE000007) == 0)
            .findFirst()
            .orElseThrow();
    RuleBook book = Books.of("rules: [{id: p, path_pattern: /p10000/**}, {path_pattern: /r}]");
    assertThat(match(book, Asked.get(twin))).isNull();
    assertThat(match(book, Asked.get("/p10000"))).isEqualTo("p");
  }

  /** The hash repeats its factors: what is exchanged over 64 characters has one hash. */
  @Test
  void longBeginningsOfOneHashAreToldApart() {
    String gap = "x".repeat(63);
    RuleBook book =
        Books.of(
            """
            rules:
            - {id: ab, path_pattern: /a%1$sb/*}
            - {id: ba, path_pattern: /b%1$sa/*}
            """
                .formatted(gap));
    assertThat(match(book, Asked.get("/a" + gap + "b/1"))).isEqualTo("ab");
    assertThat(match(book, Asked.get("/b" + gap + "a/1"))).isEqualTo("ba");
    assertThat(match(book, Asked.get("/a" + gap + "b"))).isNull();
  }

  @Test
  void theServerAsAWholeIsFoundAsItsRoot() {
    RuleBook book =
        Books.of(
            """
            rules:
            - {id: below, path_pattern: /a/**, methods: [OPTIONS]}
            - {id: all, path_pattern: /**, methods: [OPTIONS]}
            """);
    assertThat(match(book, WHOLE_SERVER)).isEqualTo("all");
  }

  @Test
  void theServerAsAWholeIsFoundAmongManyCatchAlls() {
    StringBuilder rules = new StringBuilder("rules:\n");
    for (String method : List.of("GET", "PUT", "POST", "PATCH", "OPTIONS")) {
      rules.append("- {id: %1$s, path_pattern: /**, methods: [%1$s]}\n".formatted(method));
    }
    assertThat(match(Books.of(rules.toString()), WHOLE_SERVER)).isEqualTo("OPTIONS");
  }

  private static String pattern(int i) {
    return switch (i % 10) {
      case 0 -> "/deep/n" + i + "/**";
      case 1 -> "/api/*/n" + i + "/items";
      case 2 -> "/img/n" + i + "-*";
      case 3 -> "/css/*-" + i + ".css";
      default -> "/api/v1/n" + i;
    };
  }
}
