package org.cistern.rule.match;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rules of one place in the tree, in their order: a first one, and the list of the others. Most
 * places have one rule, and then the way to it is short.
 */
final class RuleList {

  private final CompiledRule rule;
  private final @Nullable RuleList next;

  private RuleList(CompiledRule rule, @Nullable RuleList next) {
    this.rule = rule;
    this.next = next;
  }

  /** Returns the list of these rules, of which there is at least one. */
  static RuleList of(List<CompiledRule> rules) {
    RuleList list = new RuleList(rules.get(rules.size() - 1), null);
    for (int i = rules.size() - 2; i >= 0; i--) {
      list = new RuleList(rules.get(i), list);
    }
    return list;
  }

  /** Returns the first rule that answers the question, or what was found if that is earlier. */
  static <T> @Nullable CompiledRule first(
      @Nullable RuleList rules, Question<T> question, T asked, @Nullable CompiledRule found) {
    for (RuleList at = rules; at != null && at.before(found); at = at.next) {
      if (question.answeredBy(at.rule, asked)) {
        return at.rule;
      }
    }
    return found;
  }

  /** The same for rules whose pattern is still to be compared. */
  static <T> @Nullable CompiledRule first(
      @Nullable RuleList rules,
      String path,
      Question<T> question,
      T asked,
      @Nullable CompiledRule found) {
    for (RuleList at = rules; at != null && at.before(found); at = at.next) {
      if (at.rule.pattern().matches(path) && question.answeredBy(at.rule, asked)) {
        return at.rule;
      }
    }
    return found;
  }

  private boolean before(@Nullable CompiledRule found) {
    return found == null || rule.index() < found.index();
  }
}
