package org.cistern.camel.keep;

import java.time.Instant;
import org.cistern.answer.Answer;
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
}
