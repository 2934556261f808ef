package org.cistern.camel.fetch;

import io.vertx.core.impl.ContextInternal;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Exchange;
import org.cistern.camel.call.OriginCall;
import org.jspecify.annotations.Nullable;

/**
 * One run of a call along the upstream route. A route that never calls back holds nobody for ever:
 * once the patience is over the call has failed, and what the route makes of it later is thrown
 * away. All of it happens on the call's event loop.
 */
final class Errand implements AsyncCallback {

  /** How an errand ends: in time, or late and then perhaps after all. */
  interface Endings {

    /** The route came to its end. */
    void landed();

    /** The patience is over; the route is still under way. */
    void late();

    /** The route came to its end after all. */
    void tooLate();
  }

  private final OriginCall call;
  private final Duration patience;
  private final Endings endings;
  private @Nullable Future<?> alarm;
  private boolean late;
  private boolean over;

  Errand(OriginCall call, Duration patience, Endings endings) {
    this.call = call;
    this.patience = patience;
    this.endings = endings;
  }

  void run(AsyncProducer producer, Exchange exchange) {
    setAlarm();
    try {
      producer.process(exchange, this);
    } catch (RuntimeException e) {
      exchange.setException(e);
      done(true);
    }
  }

  private void setAlarm() {
    ContextInternal context = call.context();
    alarm =
        context
            .nettyEventLoop()
            .schedule(
                () -> context.runOnContext(nothing -> ring()),
                patience.toMillis(),
                TimeUnit.MILLISECONDS);
  }

  /** What is on its way to an upstream, or arrives, has time-outs of its own. */
  private void ring() {
    if (over) {
      return;
    }
    if (call.isTimedElsewhere()) {
      setAlarm();
    } else {
      late = true;
      endings.late();
    }
  }

  @Override
  public void done(boolean synchronously) {
    call.onLoop(this::ended);
  }

  private void ended() {
    if (over) {
      return;
    }
    over = true;
    if (late) {
      endings.tooLate();
    } else {
      stopAlarm();
      endings.landed();
    }
  }

  private void stopAlarm() {
    if (alarm != null) {
      alarm.cancel(false);
    }
  }
}
