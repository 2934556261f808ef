package org.cistern.camel;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.cistern.flight.Flights;
import org.cistern.purge.Barrier;
import org.cistern.purge.Coverage;
import org.cistern.purge.PurgeLog;
import org.cistern.tier.Tier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes from the tiers what hard purges cover, and then forgets those purges: what keeps them
 * from piling up where somebody writes without end. It goes through everything that is stored, so
 * it waits until that is worth it.
 */
final class Reclaimer {

  private static final Logger LOG = LoggerFactory.getLogger(Reclaimer.class);

  /** What was on its way from one place to another when a purge came has arrived by then. */
  static final Duration GRACE = Duration.ofMinutes(2);

  private static final Duration EVERY = Duration.ofMinutes(15);
  private static final int MANY = 10_000;

  private final PurgeLog purges;
  private final Flights flights;
  private final Tiers tiers;
  private final AtomicBoolean working = new AtomicBoolean();
  private volatile Instant last;

  Reclaimer(PurgeLog purges, Flights flights, Tiers tiers, Instant now) {
    this.purges = purges;
    this.flights = flights;
    this.tiers = tiers;
    this.last = now;
  }

  /** Does a round where one is due; on a thread that may take some milliseconds. */
  void run(Instant now) {
    List<Barrier> done = purges.hardBefore(now.minus(GRACE), flights.oldest());
    boolean due = done.size() >= MANY || (!done.isEmpty() && !now.isBefore(last.plus(EVERY)));
    if (due && tiers.reachesAll() && working.compareAndSet(false, true)) {
      last = now;
      begin(done);
    }
  }

  private void begin(List<Barrier> done) {
    var unused =
        attempt()
            .whenComplete(
                (outcome, failure) -> {
                  working.set(false);
                  if (outcome == Tier.Stored.DONE) {
                    purges.retire(done);
                  }
                });
  }

  /** What fails at once is no other failure: the next round must come. */
  private CompletionStage<Tier.Stored> attempt() {
    try {
      return reclaimed();
    } catch (RuntimeException | Error failure) {
      LOG.warn("what is purged could not be deleted; the next round tries again", failure);
      return CompletableFuture.failedFuture(failure);
    }
  }

  private CompletionStage<Tier.Stored> reclaimed() {
    tiers.memory().sweep(answer -> purges.covers(answer) == Coverage.HARD);
    return tiers.disk() == null ? Tier.DONE : tiers.disk().reclaim(purges);
  }
}
