package org.cistern.upstream.exchange;

import org.cistern.loop.Deadlines;

/**
 * How long an exchange waits for its upstream, in ticks: for the head as a whole, and afterwards,
 * or while a body is sent, for the next sign of life.
 */
final class Patience {

  private final Deadlines deadlines;
  private final long headTicks;
  private final long idleTicks;
  private long end;

  Patience(Deadlines deadlines, long headTicks, long idleTicks) {
    this.deadlines = deadlines;
    this.headTicks = headTicks;
    this.idleTicks = idleTicks;
    awaitHead();
  }

  /** The head is waited for from now on. */
  void awaitHead() {
    end = deadlines.tick() + headTicks;
  }

  /** A sign of life is waited for from now on. */
  void awaitMore() {
    end = deadlines.tick() + idleTicks;
  }

  boolean isOver(long tick) {
    return tick > end;
  }
}
