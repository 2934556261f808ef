package org.cistern.camel.fetch.ask;

import java.time.Duration;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Exchange;
import org.cistern.camel.call.OriginCall;
import org.cistern.loop.Deadlines;

/**
 * One run of a call along the upstream route. A route that never calls back holds nobody for ever:
 * once the patience is over the call has failed, and what the route makes of it later is thrown
 * away. All of it happens on the call's event loop.
 */
final class Errand extends Deadlines.Timed implements AsyncCallback {

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
  private final Endings endings;
  private final Deadlines deadlines;
  private final long patience;
  private long until;
  private boolean late;
  private boolean over;

  Errand(OriginCall call, Duration patience, Endings endings) {
    this.call = call;
    this.endings = endings;
    this.deadlines = Deadlines.of(call.context().nettyEventLoop());
    this.patience = Deadlines.ticks(patience);
  }

  void run(AsyncProducer producer, Exchange exchange) {
    until = deadlines.tick() + patience;
    deadlines.add(this);
    try {
      producer.process(exchange, this);
    } catch (RuntimeException e) {
      exchange.setException(e);
      done(true);
    }
  }

  /** What is on its way to an upstream, or arrives, has time-outs of its own. */
  @Override
  protected void check(long tick) {
    if (tick >= until && call.isTimedElsewhere()) {
      until = tick + patience;
    } else if (tick >= until) {
      deadlines.remove(this);
      call.context().runOnContext(nothing -> giveUp());
    }
  }

  private void giveUp() {
    if (!over) {
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
      deadlines.remove(this);
      endings.landed();
    }
  }
}
