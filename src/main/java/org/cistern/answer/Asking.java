package org.cistern.answer;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * When an answer was asked for, and how much of the purge log had been seen then. Two fetches of
 * one key may overtake each other: what the later one brought stays, in every tier.
 *
 * @param micros since 1970
 * @param position of the purge log
 */
public record Asking(long micros, long position) {

  /** Before every other. */
  public static final Asking NEVER = new Asking(Long.MIN_VALUE, Long.MIN_VALUE);

  private static final int MICROS_PER_MILLI = 1000;

  /** Returns that of an answer. */
  public static Asking of(Answer answer) {
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, answer.requestTime());
    return new Asking(micros, answer.position().number());
  }

  /**
   * Tells whether it is later than another. A time that is still to come says nothing, for the
   * clock was set back; and whoever has seen less of the purge log is the older one all the same.
   *
   * @param now in milliseconds since 1970
   */
  public boolean isLaterThan(Asking other, long now) {
    return micros > other.micros
        && Math.floorDiv(micros, MICROS_PER_MILLI) <= now
        && position >= other.position;
  }

  /** Returns the one that was later. */
  public Asking or(Asking other) {
    return micros > other.micros ? this : other;
  }
}
