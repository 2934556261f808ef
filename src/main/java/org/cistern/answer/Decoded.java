package org.cistern.answer;

import org.jspecify.annotations.Nullable;

/**
 * What reading the byte form gives: an answer, or what is wrong with the bytes.
 *
 * @param answer the answer, or null
 * @param flaw what is wrong, or null where there is an answer
 */
public record Decoded(@Nullable Answer answer, @Nullable Flaw flaw) {

  /** What can be wrong with bytes that should be an answer. */
  public enum Flaw {
    /** They are cut, altered, or no answer at all. */
    DAMAGED,
    /** Another version of the form, or a packing that this process cannot undo. */
    FOREIGN
  }

  static Decoded of(Answer answer) {
    return new Decoded(answer, null);
  }

  static Decoded flawed(Flaw flaw) {
    return new Decoded(null, flaw);
  }
}
