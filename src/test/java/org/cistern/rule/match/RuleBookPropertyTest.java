package org.cistern.rule.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.cistern.http.uri.Target;
import org.cistern.rule.Asked;
import org.cistern.rule.Books;
import org.cistern.rule.PlacedRule;
import org.cistern.rule.Rule;
import org.cistern.rule.Source;

class RuleBookPropertyTest {

  private static final Rule MODEL = Books.rule("id: model");

  /** Beginnings as long as a cell has room for, longer, and longer than the hash has factors. */
  private static final String[] HEADS = {
    "", "", "/" + "m".repeat(29), "/" + "m".repeat(30), "/" + "m".repeat(70)
  };

  private static final List<String> METHODS = List.of("GET", "HEAD", "PUT");
  private static final List<String> HOSTS = List.of("example.org", "other.org");

  @Property(tries = 2000)
  void findsWhatAskingOneRuleAfterAnotherFinds(
      @ForAll("books") List<String> patterns, @ForAll("paths") List<String> paths) {
    RuleBook book = RuleBook.of(rules(patterns), List.of());
    for (String path : paths) {
      for (Asked asked : asked(path)) {
        Rule found = book.match(asked);
        assertThat(found == null ? "none" : found.id())
            .as(asked.toString())
            .isEqualTo(naive(book, asked));
      }
    }
  }

  @Property(tries = 500)
  void tellsOfAnswersThatAnyRuleKeeps(
      @ForAll("books") List<String> patterns, @ForAll("paths") List<String> paths) {
    RuleBook book = RuleBook.of(rules(patterns), List.of());
    for (String path : paths) {
      Target target = target(path, "example.org");
      assertThat(book.keepsAnswersOf(target)).as(path).isEqualTo(naive(book, target));
    }
  }

  private static String naive(RuleBook book, Asked asked) {
    for (PlacedRule placed : book.rules()) {
      if (pathAndHost(placed.rule(), asked.target()) && method(placed.rule(), asked.method())) {
        return placed.rule().id();
      }
    }
    return "none";
  }

  private static boolean naive(RuleBook book, Target target) {
    return book.rules().stream().anyMatch(placed -> pathAndHost(placed.rule(), target));
  }

  private static boolean pathAndHost(Rule rule, Target target) {
    Rule.When when = rule.when();
    return PathPattern.of(when.path()).matches(target.path())
        && (when.hosts().isEmpty() || when.hosts().contains(target.host()));
  }

  private static boolean method(Rule rule, String method) {
    return rule.when().methods().contains(method.equals("HEAD") ? "GET" : method);
  }

  private static List<Asked> asked(String path) {
    return METHODS.stream()
        .flatMap(method -> HOSTS.stream().map(host -> Asked.of(method, target(path, host))))
        .toList();
  }

  private static Target target(String path, String host) {
    return new Target("http", host, path, null);
  }

  /** Half of the rules have conditions, so that a rule passed by does not hide the next. */
  private static List<PlacedRule> rules(List<String> patterns) {
    List<PlacedRule> rules = new ArrayList<>();
    for (int i = 0; i < patterns.size(); i++) {
      Rule.When when = when(i, patterns.get(i));
      rules.add(new PlacedRule(rule(i, when), new Source.InFile("f", i, 1)));
    }
    return rules;
  }

  private static Rule.When when(int index, String pattern) {
    Set<String> methods = Set.of(index % 4 == 1 ? "PUT" : "GET");
    List<String> hosts = index % 4 == 3 ? List.of("other.org") : List.of();
    return new Rule.When(pattern, methods, hosts, List.of());
  }

  private static Rule rule(int index, Rule.When when) {
    return new Rule(
        "r" + index, 0, when, MODEL.key(), MODEL.life(), MODEL.keep(), null, null, null);
  }

  @Provide
  Arbitrary<List<String>> books() {
    return withHeads(
            Arbitraries.of("a", "b", "*", "**", "a*", "*b", "", "**a", "a**b", "cc*", "a%2F")
                .list()
                .ofMinSize(1)
                .ofMaxSize(5)
                .map(segments -> "/" + String.join("/", segments)))
        .list()
        .ofMinSize(1)
        .ofMaxSize(16);
  }

  @Provide
  Arbitrary<List<String>> paths() {
    return withHeads(
            Arbitraries.of("a", "b", "ab", "", "c", "ccb", "a%2F", "*", "a\0", "\u0161")
                .list()
                .ofMinSize(1)
                .ofMaxSize(5)
                .map(segments -> "/" + String.join("/", segments)))
        .list()
        .ofSize(20);
  }

  private static Arbitrary<String> withHeads(Arbitrary<String> rests) {
    return Combinators.combine(Arbitraries.of(HEADS), rests).as(String::concat);
  }
}
