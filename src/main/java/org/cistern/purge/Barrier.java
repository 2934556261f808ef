package org.cistern.purge;

import java.time.Instant;

/**
 * A purge with its place in the log: it covers the answers of its scope whose position is lower.
 *
 * @param number its place, from 1; never given twice under one epoch
 * @param purge what is purged, and how
 * @param at when it was entered; only trimming asks
 */
public record Barrier(long number, Purge purge, Instant at) {

  /** Returns the newer of two barriers of one target. */
  static Barrier newer(Barrier one, Barrier other) {
    return one.number >= other.number ? one : other;
  }
}
