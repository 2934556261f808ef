package org.cistern.http;

/**
 * Names of fields, each as one of the 32 bits of a number: where a message does not have the bit,
 * it does not have the field.
 */
final class NameBits {

  private NameBits() {}

  /** Returns the bits of all names of an array of name and value in turn. */
  static int of(String[] lines) {
    int bits = 0;
    for (int i = 0; i < lines.length; i += 2) {
      bits |= of(lines[i]);
    }
    return bits;
  }

  /**
   * Returns the bit of a name, which follows from its length and its last letter: a shift takes its
   * distance modulo 32, by which a small letter and its capital are the same.
   */
  static int of(String name) {
    int length = name.length();
    return length == 0 ? 1 : 1 << (length + name.charAt(length - 1));
  }
}
