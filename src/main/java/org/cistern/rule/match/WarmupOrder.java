package org.cistern.rule.match;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cistern.rule.PlacedRule;
import org.cistern.rule.Problem;
import org.cistern.rule.Problem.Severity;
import org.cistern.rule.Rule;

/**
 * The order in which rules are warmed: every name is that of a rule, and no rule waits for itself.
 */
record WarmupOrder(List<PlacedRule> rules, List<Problem> found) {

  void check() {
    Map<String, List<String>> after = new HashMap<>();
    rules.forEach(each -> after.put(each.rule().id(), afterOf(each.rule())));
    for (PlacedRule placed : rules) {
      check(placed, after);
    }
  }

  private static List<String> afterOf(Rule rule) {
    return rule.warmup() == null ? List.of() : rule.warmup().after();
  }

  private void check(PlacedRule placed, Map<String, List<String>> after) {
    for (String name : afterOf(placed.rule())) {
      if (!after.containsKey(name)) {
        found.add(remark(placed, "names '" + name + "', which is no rule's id"));
      } else if (reaches(name, placed.rule().id(), after)) {
        found.add(remark(placed, "waits for itself by way of '" + name + "'"));
      }
    }
  }

  private static Problem remark(PlacedRule placed, String sentence) {
    return placed.remark(Severity.ERROR, "warmup.after", sentence);
  }

  private static boolean reaches(String from, String to, Map<String, List<String>> after) {
    Set<String> seen = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(List.of(from));
    while (!open.isEmpty()) {
      String next = open.remove();
      if (next.equals(to)) {
        return true;
      }
      if (seen.add(next)) {
        open.addAll(after.getOrDefault(next, List.of()));
      }
    }
    return false;
  }
}
