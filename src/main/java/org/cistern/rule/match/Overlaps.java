package org.cistern.rule.match;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cistern.rule.PlacedRule;
import org.cistern.rule.Problem;
import org.cistern.rule.Problem.Severity;

/**
 * What rules make of each other in their order: one that is never reached, a shared one that takes
 * the requests of one that keeps entries per user, names that are double or lead nowhere.
 */
final class Overlaps {

  private final List<PlacedRule> rules;
  private final List<CompiledRule> compiled;
  private final List<Problem> found = new ArrayList<>();

  /** The earlier rules by what all their paths begin with: only those can cover a pattern. */
  private final Map<String, List<CompiledRule>> earlier = new HashMap<>();

  Overlaps(List<PlacedRule> rules) {
    this.rules = rules;
    this.compiled = RuleBook.compile(rules);
  }

  List<Problem> find() {
    findDoubleIds();
    for (CompiledRule rule : compiled) {
      findHiding(rule);
      earlier.computeIfAbsent(rule.pattern().prefix(), prefix -> new ArrayList<>()).add(rule);
    }
    new WarmupOrder(rules, found).check();
    return found;
  }

  private void findDoubleIds() {
    Map<String, PlacedRule> byId = new HashMap<>();
    for (PlacedRule placed : rules) {
      PlacedRule before = byId.putIfAbsent(placed.rule().id(), placed);
      if (before != null) {
        found.add(placed.remark(Severity.ERROR, "id", doubled(before)));
      }
    }
  }

  private static String doubled(PlacedRule before) {
    return before.described() + " has this id already; ids are unique";
  }

  private void findHiding(CompiledRule rule) {
    List<CompiledRule> candidates = candidates(rule);
    if (perUser(rule)) {
      for (CompiledRule before : candidates) {
        if (shared(before) && before.hides(rule)) {
          add(Severity.ERROR, rule, "user_specific", exposed(described(before), before));
          return;
        }
        if (shared(before) && before.takesSomeOf(rule)) {
          add(Severity.WARNING, rule, "user_specific", passedBy(described(before)));
        }
      }
    }
    for (CompiledRule before : candidates) {
      if (before.covers(rule)) {
        add(Severity.WARNING, rule, "path_pattern", unreached(described(before)));
        return;
      }
    }
  }

  /** Returns the earlier rules whose patterns cover that of the rule. */
  private List<CompiledRule> candidates(CompiledRule rule) {
    List<CompiledRule> candidates = new ArrayList<>();
    String begin = rule.pattern().prefix() + '/';
    for (int length = 0; length <= begin.length(); length++) {
      for (CompiledRule before : earlier.getOrDefault(begin.substring(0, length), List.of())) {
        if (before.pattern().covers(rule.pattern())) {
          candidates.add(before);
        }
      }
    }
    return candidates;
  }

  private void add(Severity severity, CompiledRule rule, String field, String sentence) {
    found.add(rules.get(rule.index()).remark(severity, field, sentence));
  }

  private String described(CompiledRule rule) {
    return rules.get(rule.index()).described();
  }

  private static String exposed(String name, CompiledRule before) {
    return "would have no effect: the shared rule "
        + name
        + " stands before it and covers its pattern with '"
        + before.pattern()
        + "', so that one user's answer could go to another; put this rule first";
  }

  private static String passedBy(String name) {
    return "has no effect on the requests that the shared rule "
        + name
        + " takes before it, by its hosts or headers: there one user's answer could go to another;"
        + " put this rule first unless that is meant";
  }

  private static String unreached(String name) {
    return "is never reached: rule " + name + " stands before it and covers it";
  }

  private static boolean shared(CompiledRule rule) {
    return rule.rule().keep().store() && !rule.rule().key().perUser();
  }

  private static boolean perUser(CompiledRule rule) {
    return rule.rule().keep().store() && rule.rule().key().perUser();
  }
}
