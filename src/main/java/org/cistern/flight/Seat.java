package org.cistern.flight;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import org.cistern.answer.Answer;
import org.cistern.answer.Position;
import org.cistern.upstream.message.UpstreamFailure;
import org.jspecify.annotations.Nullable;

/**
 * A passenger's place: waiting, riding or done. All of it happens on the passenger's own context,
 * so it needs no lock; other threads only {@link #post} to it.
 */
public final class Seat {

  /** How often a passenger may be sent on to another flight. */
  private static final int CHANGES = 3;

  private final Passenger passenger;
  private final Ticket ticket;
  private final Context context;
  private final Pilot pilot;
  private final Position asked;
  private final Tower tower;
  private final long deadline;
  private Admission admission = Admission.REFUSED;
  private @Nullable Flight waitingFor;
  private @Nullable Runnable getOff;
  private boolean settled;
  private int changes;

  Seat(Passenger passenger, Pilot pilot, Tower tower) {
    this.passenger = passenger;
    this.ticket = passenger.ticket();
    this.context = passenger.context();
    this.pilot = pilot;
    this.asked = tower.purges().head();
    this.tower = tower;
    this.deadline = tower.now() + ticket.timeout().toNanos();
  }

  /**
   * Leaves: the client is gone. The flight goes on if others need it or its answer is to be kept;
   * else the upstream's response is given up. Nothing happens where the answer has ended already.
   */
  public void leave() {
    run(this::leaveNow);
  }

  private void leaveNow() {
    settled = true;
    if (waitingFor != null) {
      waitingFor.forget(this);
    }
    if (getOff != null) {
      getOff.run();
    }
  }

  /** Hands the answer over; tells whether the passenger still wanted it. */
  boolean live(Live answer, Runnable getOff) {
    if (!settle()) {
      return false;
    }
    this.getOff = getOff;
    passenger.live(answer);
    return true;
  }

  void whole(Answer answer) {
    if (settle()) {
      passenger.whole(answer);
    }
  }

  void failed(UpstreamFailure failure) {
    if (settle()) {
      tower.events().failed(ticket.rule(), failure.kind());
      passenger.failed(failure);
    }
  }

  void alone(Alone reason) {
    if (settle()) {
      tower.events().alone(ticket.rule(), reason);
      passenger.alone(reason);
    }
  }

  /** Has the passenger judge an answer; whatever it throws means that it goes alone. */
  Fit judge(Answer offered) {
    try {
      return passenger.judge(offered);
    } catch (RuntimeException failure) {
      return Fit.alone(Alone.UNJUDGED);
    }
  }

  /** Has the passenger judge a stale answer in place of an error. */
  Fit judgeStandIn(Answer offered, int status) {
    try {
      return passenger.judgeStandIn(offered, status);
    } catch (RuntimeException failure) {
      return Fit.alone(Alone.UNJUDGED);
    }
  }

  private boolean settle() {
    boolean first = !settled;
    settled = true;
    waitingFor = null;
    return first;
  }

  boolean settled() {
    return settled;
  }

  /** Tells whether it may be sent on once more. */
  boolean change() {
    waitingFor = null;
    return ++changes <= CHANGES;
  }

  void admitted(Admission how, @Nullable Flight flight) {
    admission = how;
    waitingFor = flight;
  }

  Admission admission() {
    return admission;
  }

  /** Tells whether the purge log may have grown between that position and the asking. */
  boolean askedAfter(Position position) {
    return asked.epoch() != position.epoch() || asked.number() > position.number();
  }

  boolean overdue(long now) {
    return deadline - now <= 0;
  }

  Ticket ticket() {
    return ticket;
  }

  Pilot pilot() {
    return pilot;
  }

  Context context() {
    return context;
  }

  /** Runs a task on the passenger's context, at once where this is it. */
  void run(Runnable task) {
    if (Vertx.currentContext() == context) {
      task.run();
    } else {
      post(task);
    }
  }

  /** Queues a task on the passenger's context. */
  void post(Runnable task) {
    context.runOnContext(nothing -> task.run());
  }
}
