package org.cistern.camel.keep;

import java.time.Instant;
import org.cistern.answer.Answer;
import org.cistern.answer.Asking;
import org.cistern.answer.Variants;
import org.cistern.rule.Key;

/**
 * An answer that memory has and the tier below not yet.
 *
 * @param maxVariants how many variants of the key its rule keeps
 * @param since when it was stored
 * @param until when its life in memory ends
 */
record Dirty(Key key, Answer answer, int maxVariants, Instant since, Instant until) {

  boolean isSameVariant(Dirty other) {
    return Variants.id(answer).equals(Variants.id(other.answer));
  }

  /** Tells whether the other is the same variant, there already though it was asked for later. */
  boolean isOvertakenBy(Dirty other) {
    return isSameVariant(other)
        && Asking.of(other.answer).isLaterThan(Asking.of(answer), since.toEpochMilli());
  }
}
