package org.cistern.purge;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The longest life of the answers that were stored, over all runs. It only grows, and by doubling:
 * so it is written down a few times in all, and asking costs a store one comparison.
 */
final class Lifetime {

  private static final Logger LOG = LoggerFactory.getLogger(Lifetime.class);

  private final BarrierStore store;
  private volatile long minutes;

  Lifetime(BarrierStore store, Duration longest) {
    this.store = store;
    this.minutes = longest.toMinutes();
  }

  void stored(Duration life) {
    if (life.toMinutes() >= minutes) {
      raise(life.toMinutes());
    }
  }

  private synchronized void raise(long above) {
    if (above >= minutes) {
      minutes = 2 * Long.highestOneBit(Math.max(1, above));
      var unused =
          store
              .longest(longest())
              .whenComplete(
                  (done, failure) -> {
                    if (failure != null) {
                      LOG.warn("how long purges are needed was not written down", failure);
                    }
                  });
    }
  }

  Duration longest() {
    return Duration.ofMinutes(minutes);
  }
}
