package org.cistern.rule;

import java.time.Instant;
import java.util.Comparator;

/** A rule and where it comes from. */
public record PlacedRule(Rule rule, Source source) {

  /**
   * The order in which rules are asked, where rules of a file keep the order they are in: first
   * those made over the API, the higher priority before the lower, the older before the younger.
   */
  public static final Comparator<PlacedRule> IN_FORCE =
      Comparator.comparing((PlacedRule placed) -> placed.source() instanceof Source.InFile)
          .thenComparingInt(placed -> -placed.apiPriority())
          .thenComparing(PlacedRule::made);

  private int apiPriority() {
    return source instanceof Source.OverApi ? rule.priority() : 0;
  }

  private Instant made() {
    return source instanceof Source.OverApi api ? api.made() : Instant.MAX;
  }

  /** Returns a remark on this rule. */
  public Problem remark(Problem.Severity severity, String field, String sentence) {
    return new Problem(severity, source.name(), source.line(), source.column(), field, sentence);
  }

  /** Returns the rule's name and place, for a sentence. */
  public String described() {
    return source.line() == 0
        ? "'" + rule.id() + "' (" + source.name() + ')'
        : "'" + rule.id() + "' (line " + source.line() + ')';
  }
}
