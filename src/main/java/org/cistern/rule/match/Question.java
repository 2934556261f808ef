package org.cistern.rule.match;

/** What is asked of a rule whose pattern fits. */
interface Question<T> {

  boolean answeredBy(CompiledRule rule, T asked);

  /** Asks a usual rule, given by its number: what all of them answer alike needs no look at it. */
  default boolean answeredByUsual(CompiledRule[] rules, int number, T asked) {
    return answeredBy(rules[number], asked);
  }
}
