package org.cistern.conformance;

/** What became of a case. */
enum Outcome {
  PASS,
  FAIL,
  SETUP,
  RETRY,
  HARNESS,
  DEPENDENCY
}
