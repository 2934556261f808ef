package org.cistern.camel.guard;

import io.vertx.core.Context;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A step of a user's on the event loop: one that holds the loop for too long is told by name,
 * though not for its first times, which may have been the loading of classes; and one that ends on
 * a thread of its own comes back to the request's event loop.
 */
final class TimedStep extends DelegateAsyncProcessor {

  private static final Logger LOG = LoggerFactory.getLogger(TimedStep.class);

  private static final long LONGEST = TimeUnit.MILLISECONDS.toNanos(50);

  /** Every event loop may wait once for the classes of a step, and one more for a rarer branch. */
  private static final int FORGIVEN = 1 + Runtime.getRuntime().availableProcessors();

  private final StepPlace place;
  private final AtomicInteger longRuns = new AtomicInteger();

  TimedStep(Processor step, StepPlace place) {
    super(step);
    this.place = place;
  }

  @Override
  public boolean process(Exchange exchange, AsyncCallback callback) {
    if (!Context.isOnEventLoopThread()) {
      return super.process(exchange, callback);
    }
    long start = System.nanoTime();
    try {
      return timed(exchange, callback);
    } finally {
      tell(System.nanoTime() - start);
    }
  }

  private boolean timed(Exchange exchange, AsyncCallback callback) {
    AsyncCallback home = Home.of(exchange, callback);
    return super.process(
        exchange,
        sync -> {
          if (sync) {
            callback.done(true);
          } else {
            home.done(false);
          }
        });
  }

  private void tell(long nanos) {
    if (nanos > LONGEST && longRuns.incrementAndGet() > FORGIVEN) {
      LOG.warn(
          "step {} held the event loop for {} ms, as it does again and again, while nobody else on"
              + " it was served; put cistern:worker before it",
          place,
          TimeUnit.NANOSECONDS.toMillis(nanos));
    }
  }
}
