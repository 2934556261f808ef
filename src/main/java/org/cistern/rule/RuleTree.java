package org.cistern.rule;

import org.jspecify.annotations.Nullable;

/**
 * The rules by the segments of their patterns, so that a path meets few rules however many there
 * are. A path goes down along its segments, into the branch of the literal segment, into that of
 * {@code *} and, from each segment on, into that of {@code **}; a branch that holds only later
 * rules than the one found so far is left out.
 */
final class RuleTree {

  /** No rule: later than all. */
  static final int NONE = Integer.MAX_VALUE;

  private final int earliest;
  private final CompiledRule[] ends;
  private final CompiledRule[] subtree;
  private final @Nullable RegionTable<RuleTree> literal;
  private final @Nullable RuleTree star;
  private final @Nullable RuleTree deep;
  private final @Nullable AffixIndex others;

  RuleTree(RuleTreeBuilder from) {
    this.earliest = from.earliest();
    this.ends = from.ends();
    this.subtree = from.subtree();
    this.literal = from.literal();
    this.star = from.star();
    this.deep = from.deep();
    this.others = from.others();
  }

  /** What is asked of a rule whose pattern fits. */
  interface Question<T> {
    boolean answeredBy(CompiledRule rule, T asked);
  }

  /** Returns the index of the first rule that fits and answers the question, or {@link #NONE}. */
  <T> int find(String path, Question<T> question, T asked) {
    return visit(path, 1, question, asked, NONE);
  }

  private <T> int visit(String path, int from, Question<T> question, T asked, int found) {
    if (earliest >= found) {
      return found;
    }
    int best = first(subtree, question, asked, found);
    if (others != null) {
      best = others.find(path, from, question, asked, best);
    }
    if (deep != null) {
      best = visitBelow(deep, path, from, question, asked, best);
    }
    return from > path.length()
        ? first(ends, question, asked, best)
        : visitNext(path, from, question, asked, best);
  }

  private <T> int visitNext(String path, int from, Question<T> question, T asked, int found) {
    int slash = path.indexOf('/', from);
    int to = slash < 0 ? path.length() : slash;
    int best = found;
    RuleTree next = literal == null ? null : literal.get(path, from, to);
    if (next != null) {
      best = next.visit(path, to + 1, question, asked, best);
    }
    return star == null ? best : star.visit(path, to + 1, question, asked, best);
  }

  private static <T> int visitBelow(
      RuleTree tree, String path, int from, Question<T> question, T asked, int found) {
    int best = found;
    for (int at = from; at > 0 && at <= path.length(); at = path.indexOf('/', at) + 1) {
      best = tree.visit(path, at, question, asked, best);
    }
    return best;
  }

  private static <T> int first(CompiledRule[] rules, Question<T> question, T asked, int found) {
    for (CompiledRule rule : rules) {
      if (rule.index() >= found) {
        return found;
      }
      if (question.answeredBy(rule, asked)) {
        return rule.index();
      }
    }
    return found;
  }
}
