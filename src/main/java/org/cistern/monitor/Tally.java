package org.cistern.monitor;

import java.util.concurrent.atomic.LongAdder;

/** A number that many threads add to, and that one at a time takes what was added since. */
final class Tally {

  private final LongAdder all = new LongAdder();
  private long taken;

  void add(long amount) {
    all.add(amount);
  }

  long pending() {
    return all.sum() - taken;
  }

  long take() {
    long pending = pending();
    taken += pending;
    return pending;
  }
}
