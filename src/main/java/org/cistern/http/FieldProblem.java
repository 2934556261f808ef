package org.cistern.http;

/** Why a header line cannot be written as it is. */
public enum FieldProblem {
  /** A name without any character. */
  NAME_EMPTY("a field name must not be empty"),
  /** A name with a character that RFC 9110 section 5.1 does not allow. */
  NAME_NOT_TOKEN("a field name must consist of letters, digits and !#$%&'*+-.^_`|~"),
  /** A carriage return or line feed, which would begin another line or end the head. */
  VALUE_LINE_BREAK("a field value must not contain a line break"),
  /** Another control character; only the tab is allowed. */
  VALUE_CONTROL("a field value must not contain control characters"),
  /**
   * A character above U+00FF. Writers that keep only its low byte would make a line break of
   * U+010A.
   */
  VALUE_NOT_BYTES("a field value must not contain characters above U+00FF");

  private final String sentence;

  FieldProblem(String sentence) {
    this.sentence = sentence;
  }

  /** Returns the rule that is broken, in words, to be put behind the name of the field. */
  public String sentence() {
    return sentence;
  }
}
