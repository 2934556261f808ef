package org.cistern.rule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All rules by their patterns: those without a star by the whole path, the others in a tree. What
 * is found by the path first spares the branches of the tree that hold later rules only.
 */
final class RuleIndex {

  private final Map<String, RuleList> exact = new HashMap<>();
  private final RuleTree tree;

  RuleIndex(List<CompiledRule> rules) {
    Map<String, List<CompiledRule>> byPath = new HashMap<>();
    List<CompiledRule> others = new ArrayList<>();
    for (CompiledRule rule : rules) {
      PathPattern pattern = rule.pattern();
      List<CompiledRule> place =
          pattern.exact()
              ? byPath.computeIfAbsent(pattern.text(), path -> new ArrayList<>())
              : others;
      place.add(rule);
    }
    byPath.forEach((path, all) -> exact.put(path, RuleList.of(all)));
    this.tree = RuleTreeBuilder.build(others);
  }

  /** Returns the first rule whose pattern fits and that answers the question, or null. */
  <T> @Nullable CompiledRule find(String path, RuleTree.Question<T> question, T asked) {
    CompiledRule found = RuleList.first(exact.get(path), question, asked, null);
    return tree.find(path, question, asked, found);
  }
}
