package org.cistern.upstream.exchange;

/**
 * One event loop's share of what an upstream has: the shares of all loops add up to the whole.
 *
 * @param index which of the loops it is, from 0
 * @param loops how many there are
 */
public record Share(int index, int loops) {

  /** Returns the share; the first loops have the remainder. */
  int of(int whole) {
    return whole / loops + (index < whole % loops ? 1 : 0);
  }

  /** Returns the share, but one at least: a loop that has none could serve nobody. */
  int orOneOf(int whole) {
    return Math.max(1, of(whole));
  }
}
