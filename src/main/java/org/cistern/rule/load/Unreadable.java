package org.cistern.rule.load;

/** A value that cannot be what its field takes, with the sentence about it. */
final class Unreadable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Value value;
  private final String sentence;

  Unreadable(Value value, String sentence) {
    super(sentence, null, false, false);
    this.value = value;
    this.sentence = sentence;
  }

  Value value() {
    return value;
  }

  String sentence() {
    return sentence;
  }
}
