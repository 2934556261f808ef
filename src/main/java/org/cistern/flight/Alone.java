package org.cistern.flight;

/** Why a request has to ask the upstream by itself. */
public enum Alone {
  /** The answer that it waited for may not be stored, so it may not be shared either. */
  UNSTORABLE("unstorable"),
  /** An answer under this key could not be stored a moment ago; waiting would be in vain. */
  REMEMBERED("remembered-unstorable"),
  /** The answer is larger than its rule keeps. */
  TOO_LARGE("too-large"),
  /** The answer belongs to another user. */
  OTHER_OWNER("other-owner"),
  /** The request does not permit an answer like this one. */
  NOT_PERMITTED("not-permitted"),
  /** It needed another variant, and what its variant's flight brought did not suit either. */
  OTHER_VARIANT("other-variant"),
  /** Purges overtook one flight after another. */
  PURGED("purged-in-flight"),
  /** Judging the answer for this request failed. */
  UNJUDGED("unjudged");

  private final String label;

  Alone(String label) {
    this.label = label;
  }

  /** Returns the name used in metrics, logs and {@code Cache-Status}. */
  public String label() {
    return label;
  }
}
