package org.cistern.rule.match;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All rules by their patterns: those whose beginning few others share in a flat table, the others
 * in a tree. What the table finds spares the branches of the tree that hold later rules only.
 */
final class RuleIndex {

  /** The number of no rule; all others are lower. */
  static final int NONE = Integer.MAX_VALUE;

  private static final int FEW = 4;

  private final CompiledRule[] rules;
  private final FlatTable table;
  private final @Nullable RuleTree tree;

  RuleIndex(List<CompiledRule> rules) {
    List<CompiledRule> few = new ArrayList<>();
    List<CompiledRule> many = new ArrayList<>();
    rules.stream()
        .collect(Collectors.groupingBy(rule -> rule.pattern().beginning()))
        .forEach((beginning, sharing) -> (sharing.size() <= FEW ? few : many).addAll(sharing));
    many.sort(Comparator.comparingInt(CompiledRule::index));
    this.rules = rules.toArray(new CompiledRule[0]);
    this.table = new FlatTable(this.rules, few);
    this.tree = many.isEmpty() ? null : RuleTreeBuilder.build(many);
  }

  /**
   * Returns the number of the first rule whose pattern fits and that answers the question, or
   * {@link #NONE}. The server as a whole ({@code OPTIONS *}) is found as its root.
   */
  <T> int find(String path, Question<T> question, T asked) {
    String rooted = path.startsWith("/") ? path : "/";
    int found = table.find(rooted, question, asked);
    return tree == null ? found : findInTree(tree, rooted, question, asked, found);
  }

  private <T> int findInTree(RuleTree tree, String path, Question<T> question, T asked, int found) {
    CompiledRule before = found == NONE ? null : rules[found];
    CompiledRule best = tree.find(path, question, asked, before);
    return best == null ? NONE : best.index();
  }
}
