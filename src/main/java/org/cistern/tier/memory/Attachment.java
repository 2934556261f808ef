package org.cistern.tier.memory;

/**
 * Something derived from an answer in memory and kept beside it: coded forms, prepared heads,
 * freshness facts. Immutable; a change is a new attachment.
 */
public interface Attachment {

  /** Returns the bytes that it takes, beside what the answer takes itself. */
  long weight();
}
