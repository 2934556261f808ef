package org.cistern.rule.match;

import org.jspecify.annotations.Nullable;

/**
 * The rules by the segments of their patterns, so that a path meets few rules however many there
 * are. A path goes down along its segments, into the branch of the literal segment, into that of
 * {@code *} and, from each segment on, into that of {@code **}; a branch that holds only later
 * rules than the one found so far is left out.
 */
final class RuleTree {

  /** The most segments that a path can have from here on. */
  private final int height;

  private final int earliest;
  private final @Nullable RuleList ends;
  private final @Nullable RuleList subtree;
  private final @Nullable RegionTable<RuleTree> literal;
  private final @Nullable RuleTree star;
  private final @Nullable RuleTree deep;
  private final @Nullable AffixIndex others;

  RuleTree(RuleTreeBuilder from) {
    this.height = from.height();
    this.earliest = from.earliest();
    this.ends = from.ends();
    this.subtree = from.subtree();
    this.literal = from.literal();
    this.star = from.star();
    this.deep = from.deep();
    this.others = from.others();
  }

  /**
   * Returns the first rule whose pattern fits and that answers the question, or what was found
   * before if that is earlier.
   */
  <T> @Nullable CompiledRule find(
      String path, Question<T> question, T asked, @Nullable CompiledRule found) {
    return visit(path, 1, question, asked, found);
  }

  private <T> @Nullable CompiledRule visit(
      String path, int from, Question<T> question, T asked, @Nullable CompiledRule found) {
    if (found != null && found.index() <= earliest) {
      return found;
    }
    CompiledRule best = RuleList.first(subtree, question, asked, found);
    if (others != null) {
      best = others.find(path, from, question, asked, best);
    }
    if (deep != null) {
      best = visitBelow(deep, path, from, question, asked, best);
    }
    return from > path.length()
        ? RuleList.first(ends, question, asked, best)
        : visitNext(path, from, question, asked, best);
  }

  private <T> @Nullable CompiledRule visitNext(
      String path, int from, Question<T> question, T asked, @Nullable CompiledRule found) {
    int slash = path.indexOf('/', from);
    int to = slash < 0 ? path.length() : slash;
    CompiledRule best = found;
    RuleTree next = literal == null ? null : literal.get(path, from, to);
    if (next != null) {
      best = next.visit(path, to + 1, question, asked, best);
    }
    return star == null ? best : star.visit(path, to + 1, question, asked, best);
  }

  private static <T> @Nullable CompiledRule visitBelow(
      RuleTree tree,
      String path,
      int from,
      Question<T> question,
      T asked,
      @Nullable CompiledRule found) {
    CompiledRule best = found;
    int first = Math.max(from, tree.firstPlace(path, from));
    for (int at = first; at > 0 && at <= path.length(); at = path.indexOf('/', at) + 1) {
      best = tree.visit(path, at, question, asked, best);
    }
    return best;
  }

  /** Returns where the last segments begin that are not too many for this branch. */
  private int firstPlace(String path, int from) {
    int at = path.length() + 1;
    for (int i = 0; i < height && at > from; i++) {
      at = path.lastIndexOf('/', at - 2) + 1;
    }
    return at;
  }
}
