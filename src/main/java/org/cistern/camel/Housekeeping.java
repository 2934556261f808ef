package org.cistern.camel;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import org.cistern.camel.keep.WriteBack;
import org.cistern.flight.Flights;
import org.cistern.purge.PurgeLog;
import org.cistern.tier.disk.DiskTier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The work that has to be done now and then. */
final class Housekeeping {

  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
  private static final long TICK_MILLIS = 250;
  private static final long LOG_MILLIS = 5_000;
  private static final long WRITE_BACK_MILLIS = 1_000;
  private static final Duration WRITE_BACK_BUDGET = Duration.ofSeconds(20);

  /** An answer is stored a little after its response came, by which its life is measured. */
  private static final Duration MARGIN = Duration.ofHours(1);

  private final Storage storage;
  private final PurgeLog purges;
  private final Flights flights;
  private final Reclaimer reclaimer;
  private final InstantSource clock;

  private Housekeeping(Storage storage, Flights flights, Tiers tiers, InstantSource clock) {
    this.storage = storage;
    this.purges = storage.purges();
    this.flights = flights;
    this.reclaimer = new Reclaimer(purges, flights, tiers, clock.instant());
    this.clock = clock;
  }

  static void start(
      Vertx vertx, Flights flights, Storage storage, Tiers tiers, InstantSource clock) {
    Housekeeping work = new Housekeeping(storage, flights, tiers, clock);
    WriteBack writeBack = tiers.writeBack();
    DiskTier disk = tiers.disk();
    vertx.setPeriodic(TICK_MILLIS, id -> flights.tick());
    if (disk != null) {
      vertx.setPeriodic(TICK_MILLIS, id -> disk.tick());
    }
    vertx.setPeriodic(LOG_MILLIS, id -> onWorker(vertx, work::tidy));
    vertx.setPeriodic(
        WRITE_BACK_MILLIS, id -> onWorker(vertx, () -> writeBack.flush(WRITE_BACK_BUDGET)));
  }

  /** Does a piece of work beside the requests. */
  static void onWorker(Vertx vertx, Runnable work) {
    vertx
        .executeBlocking(
            () -> {
              work.run();
              return null;
            },
            false)
        .onFailure(cause -> LOG.warn("housekeeping failed; it is tried again", cause));
  }

  private void tidy() {
    storage.tidy();
    purges.retry();
    reclaimer.run(clock.instant());
    purges.trim(clock.instant(), purges.longest().plus(MARGIN), flights.oldest());
  }
}
