package org.cistern.camel;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import org.cistern.camel.component.WriteBack;
import org.cistern.flight.Flights;
import org.cistern.purge.PurgeLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The work that has to be done now and then. */
final class Housekeeping {

  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
  private static final long TICK_MILLIS = 250;
  private static final long LOG_MILLIS = 5_000;
  private static final long WRITE_BACK_MILLIS = 30_000;

  /** No answer lives longer in any tier: the longest lifetime that a rule may set. */
  private static final Duration LONGEST = Duration.ofDays(3650);

  private Housekeeping() {}

  static void start(
      Vertx vertx, Flights flights, PurgeLog purges, WriteBack writeBack, InstantSource clock) {
    vertx.setPeriodic(TICK_MILLIS, id -> flights.tick());
    vertx.setPeriodic(LOG_MILLIS, id -> onWorker(vertx, () -> tidy(purges, clock)));
    vertx.setPeriodic(WRITE_BACK_MILLIS, id -> onWorker(vertx, writeBack::flush));
  }

  private static void onWorker(Vertx vertx, Runnable work) {
    vertx
        .executeBlocking(
            () -> {
              work.run();
              return null;
            },
            false)
        .onFailure(cause -> LOG.warn("housekeeping failed; it is tried again", cause));
  }

  private static void tidy(PurgeLog purges, InstantSource clock) {
    purges.retry();
    purges.trim(clock.instant(), LONGEST);
  }
}
