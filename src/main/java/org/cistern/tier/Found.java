package org.cistern.tier;

import org.cistern.answer.Answer;
import org.jspecify.annotations.Nullable;

/**
 * What a tier says to a look-up: an answer, or why there is none.
 *
 * @param answer the answer, or null
 * @param miss why there is none, or null where there is one
 */
public record Found(@Nullable Answer answer, @Nullable Miss miss) {

  /** Why a tier has no answer. */
  public enum Miss {
    /** Nothing is kept under the key. */
    ABSENT("absent"),
    /** Something is kept under the key, but no variant of it matches. */
    VARIANT("variant"),
    /** What was kept is past the end of its life. */
    EXPIRED("expired"),
    /** What was kept has a checksum that does not match, or makes no sense. */
    DAMAGED("damaged"),
    /** What was kept has the form of another version. */
    FOREIGN("foreign"),
    /** The tier did not answer within its budget. */
    TIMEOUT("timeout"),
    /** The tier's queue is full; it was not asked. */
    BUSY("busy"),
    /** The tier failed, or is known to be away. */
    DOWN("down");

    private final String label;

    Miss(String label) {
      this.label = label;
    }

    /** Returns the name used in metrics and logs. */
    public String label() {
      return label;
    }
  }

  /** Returns a found answer. */
  public static Found hit(Answer answer) {
    return new Found(answer, null);
  }

  /** Returns a miss. */
  public static Found miss(Miss why) {
    return new Found(null, why);
  }
}
