package org.cistern.rule.load;

import java.util.ArrayList;
import java.util.List;
import org.cistern.rule.PlacedRule;
import org.cistern.rule.Problem;
import org.cistern.rule.Problem.Severity;
import org.cistern.rule.match.RuleBook;

/**
 * What became of a text or body with rules.
 *
 * @param rules the rules that could be read, in the order in which they are asked
 * @param remarks everything to be said about them, in the order of the text
 */
public record Loaded(List<PlacedRule> rules, List<Problem> remarks) {
  public Loaded {
    rules = List.copyOf(rules);
    remarks = remarks.stream().sorted(Problem.BY_PLACE).toList();
  }

  /** Returns rules that are read, with what they make of each other. */
  static Loaded of(List<PlacedRule> rules, List<Problem> found) {
    List<PlacedRule> ordered = rules.stream().sorted(PlacedRule.IN_FORCE).toList();
    List<Problem> remarks = new ArrayList<>(found);
    remarks.addAll(RuleBook.check(ordered));
    return new Loaded(ordered, remarks);
  }

  /** Returns what keeps the rules from coming into force; empty where nothing does. */
  public List<Problem> problems() {
    return of(Severity.ERROR);
  }

  /** Returns what is accepted and will hardly be meant. */
  public List<Problem> warnings() {
    return of(Severity.WARNING);
  }

  private List<Problem> of(Severity severity) {
    return remarks.stream().filter(each -> each.severity() == severity).toList();
  }

  /** Tells whether the rules can come into force. */
  public boolean good() {
    return problems().isEmpty();
  }

  /**
   * Returns the rules compiled.
   *
   * @throws IllegalStateException with the problems, where there are any
   */
  public RuleBook book() {
    if (!good()) {
      throw new IllegalStateException(problems().toString());
    }
    return RuleBook.of(rules, remarks.stream().filter(Loaded::lasting).toList());
  }

  private static boolean lasting(Problem remark) {
    return remark.severity() != Severity.ERROR;
  }
}
