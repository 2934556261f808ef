package org.cistern.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RuleBookPropertyTest {

  @Property(tries = 2000)
  void findsWhatAskingOneRuleAfterAnotherFinds(
      @ForAll("books") List<String> patterns, @ForAll("paths") List<String> paths) {
    RuleBook book = RuleBook.of(rules(patterns), List.of());
    for (String path : paths) {
      Rule found = book.match(Asked.path(path));
      assertThat(found == null ? "none" : found.id()).as(path).isEqualTo(naive(patterns, path));
    }
  }

  private static String naive(List<String> patterns, String path) {
    for (int i = 0; i < patterns.size(); i++) {
      boolean method = i % 3 != 2;
      if (method && PathPattern.of(patterns.get(i)).matches(path)) {
        return "r" + i;
      }
    }
    return "none";
  }

  /** Every third rule is for another method, so that a rule passed by does not hide the next. */
  private static List<PlacedRule> rules(List<String> patterns) {
    List<PlacedRule> rules = new ArrayList<>();
    for (int i = 0; i < patterns.size(); i++) {
      String method = i % 3 == 2 ? "PUT" : "GET";
      rules.add(new PlacedRule(rule(i, patterns.get(i), method), new Source.InFile("f", i, 1)));
    }
    return rules;
  }

  private static final Rule MODEL = Books.rule("id: model");

  private static Rule rule(int index, String pattern, String method) {
    return new Rule(
        "r" + index,
        0,
        new Rule.When(pattern, java.util.Set.of(method), List.of(), List.of()),
        MODEL.key(),
        MODEL.life(),
        MODEL.keep(),
        null,
        null,
        null);
  }

  @Provide
  Arbitrary<List<String>> books() {
    return Arbitraries.of("a", "b", "*", "**", "a*", "*b", "", "**a", "a**b", "cc*")
        .list()
        .ofMinSize(1)
        .ofMaxSize(5)
        .map(segments -> "/" + String.join("/", segments))
        .list()
        .ofMinSize(1)
        .ofMaxSize(12);
  }

  @Provide
  Arbitrary<List<String>> paths() {
    return Arbitraries.of("a", "b", "ab", "", "c", "ccb")
        .list()
        .ofMinSize(1)
        .ofMaxSize(5)
        .map(segments -> "/" + String.join("/", segments))
        .list()
        .ofSize(20);
  }
}
