package org.cistern.conformance;

/** What became of a case, and why. */
record Result(Case of, Outcome outcome, String why) {

  boolean passed() {
    return outcome == Outcome.PASS;
  }

  /** Returns the word that the suite's own reports have for it. */
  String word() {
    boolean check = of.kind() == Case.Kind.CHECK;
    return switch (outcome) {
      case PASS -> check ? "yes" : "pass";
      case FAIL -> check ? "no" : "fail";
      default -> outcome.name().toLowerCase(java.util.Locale.ROOT);
    };
  }
}
