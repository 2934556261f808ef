package org.cistern.rule.match;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A branch of a {@link RuleTree} while rules are put into it, in their order. */
final class RuleTreeBuilder {

  private final Map<String, RuleTreeBuilder> literal = new HashMap<>();
  private @Nullable RuleTreeBuilder star;
  private @Nullable RuleTreeBuilder deep;
  private final List<CompiledRule> ends = new ArrayList<>();
  private final List<CompiledRule> subtree = new ArrayList<>();
  private final List<AffixIndex.Loose> others = new ArrayList<>();
  private int earliest = Integer.MAX_VALUE;

  static RuleTree build(List<CompiledRule> rules) {
    RuleTreeBuilder root = new RuleTreeBuilder();
    for (CompiledRule rule : rules) {
      root.add(rule);
    }
    return new RuleTree(root);
  }

  private void add(CompiledRule rule) {
    String[] segments = rule.pattern().text().substring(1).split("/", -1);
    boolean bySegments = bySegments(segments);
    RuleTreeBuilder at = this;
    at.sees(rule);
    for (int i = 0; i < segments.length; i++) {
      String segment = segments[i];
      if (segment.equals("**") && i == segments.length - 1) {
        at.subtree.add(rule);
        return;
      }
      if (!bySegments && segment.indexOf('*') >= 0 && !segment.equals("*")) {
        at.others.add(new AffixIndex.Loose(rule, segment.substring(0, segment.indexOf('*'))));
        return;
      }
      at = at.next(segment);
      at.sees(rule);
    }
    at.ends.add(rule);
  }

  /**
   * Tells whether whole segments place the rule: no star in mid-segment, and not more than one
   * {@code **} before the end, so that the ways through the tree stay few. Two of them side by side
   * could both stand for nothing, which no way through the tree does.
   */
  private static boolean bySegments(String[] segments) {
    int inner = 0;
    for (int i = 0; i < segments.length; i++) {
      boolean last = i == segments.length - 1;
      if (segments[i].equals("**")) {
        inner += last ? 0 : 1;
      } else if (segments[i].indexOf('*') >= 0 && !segments[i].equals("*")) {
        return false;
      }
    }
    int length = segments.length;
    boolean pair =
        length > 1 && segments[length - 1].equals("**") && segments[length - 2].equals("**");
    return inner <= 1 && !pair;
  }

  private void sees(CompiledRule rule) {
    earliest = Math.min(earliest, rule.index());
  }

  private RuleTreeBuilder next(String segment) {
    if (segment.equals("*")) {
      star = star == null ? new RuleTreeBuilder() : star;
      return star;
    }
    if (segment.equals("**")) {
      deep = deep == null ? new RuleTreeBuilder() : deep;
      return deep;
    }
    return literal.computeIfAbsent(segment, key -> new RuleTreeBuilder());
  }

  /** Returns the most segments that a path can have below; endless where a pattern is open. */
  int height() {
    if (!subtree.isEmpty() || !others.isEmpty() || deep != null) {
      return Integer.MAX_VALUE;
    }
    int below = star == null ? -1 : star.height();
    for (RuleTreeBuilder branch : literal.values()) {
      below = Math.max(below, branch.height());
    }
    return below == Integer.MAX_VALUE ? below : below + 1;
  }

  int earliest() {
    return earliest;
  }

  @Nullable RuleList ends() {
    return ends.isEmpty() ? null : RuleList.of(ends);
  }

  @Nullable RuleList subtree() {
    return subtree.isEmpty() ? null : RuleList.of(subtree);
  }

  @Nullable RegionTable<RuleTree> literal() {
    Map<String, RuleTree> branches = new HashMap<>();
    literal.forEach((segment, branch) -> branches.put(segment, new RuleTree(branch)));
    return branches.isEmpty() ? null : new RegionTable<>(branches);
  }

  @Nullable RuleTree star() {
    return star == null ? null : new RuleTree(star);
  }

  @Nullable RuleTree deep() {
    return deep == null ? null : new RuleTree(deep);
  }

  @Nullable AffixIndex others() {
    return others.isEmpty() ? null : new AffixIndex(others);
  }
}
