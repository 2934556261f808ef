package org.cistern.camel.engine.idle;

/** How long something has been waited for, in looks at it that are so far apart at least. */
final class IdleCount {

  /** How often a time-out is looked at: it ends at most a quarter of itself too late. */
  static final int LOOKS = 8;

  private int looks;

  /** Notes whether it is waited for; returns true once that has surely lasted the whole time. */
  boolean isOver(boolean waiting) {
    // One more, for the wait may have begun right before the first look.
    looks = waiting ? Math.min(looks + 1, LOOKS + 1) : 0;
    return looks > LOOKS;
  }
}
