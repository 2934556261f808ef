package org.cistern.freshness;

import org.cistern.answer.Answer;
import org.jspecify.annotations.Nullable;

/**
 * What a 304, or the response to a HEAD, made of a stored answer.
 *
 * @param outcome what is to be done
 * @param answer the answer with its fields updated; null where it speaks of another representation
 * @param reason why it is not to be stored, or that it is
 */
public record Renewal(Outcome outcome, @Nullable Answer answer, Reason reason) {

  /** What is to be done. */
  public enum Outcome {
    /** The updated answer goes to the client, and into the tiers in place of the old one. */
    KEEP,
    /** The updated answer goes to the client alone; what is stored stays as it is. */
    PASS,
    /**
     * The response speaks of another representation: what is stored is stale, and after a 304 the
     * upstream has to be asked again without a condition.
     */
    MISMATCH
  }
}
