package org.cistern.conformance;

/** A check that did not hold. */
final class Failed extends Exception {

  private static final long serialVersionUID = 1L;

  private final Outcome outcome;

  Failed(Outcome outcome, String sentence) {
    super(sentence);
    this.outcome = outcome;
  }

  Outcome outcome() {
    return outcome;
  }

  /** Throws where a check does not hold. */
  static void unless(boolean holds, boolean setup, String sentence) throws Failed {
    if (!holds) {
      throw new Failed(setup ? Outcome.SETUP : Outcome.FAIL, sentence);
    }
  }
}
