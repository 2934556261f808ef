package org.cistern.rule;

import org.cistern.rule.load.RuleLoader;
import org.cistern.rule.match.RuleBook;

/** Rules as tests write them down. */
public final class Books {

  private Books() {}

  /** Returns the book of a file's text. */
  public static RuleBook of(String yaml) {
    return RuleLoader.file("test.yaml", yaml).book();
  }

  /** Returns the rule for all paths with these further fields, one to a line. */
  public static Rule rule(String... fields) {
    String text = "rules:\n- path_pattern: /**\n  " + String.join("\n  ", fields) + "\n";
    return of(text).rules().get(0).rule();
  }
}
