package org.cistern.flight;

import java.util.function.Supplier;
import org.cistern.answer.Answer;
import org.cistern.upstream.message.UpstreamFailure;
import org.jspecify.annotations.Nullable;

/**
 * Where what a flight brought is offered to those who did not fetch it, each on its own context: it
 * suits and is taken, or the passenger is sent on to another flight, or goes alone.
 */
final class Gate {

  private final Flight flight;
  private final Flights flights;

  Gate(Flight flight, Flights flights) {
    this.flight = flight;
    this.flights = flights;
  }

  /** Offers a whole answer. */
  void offer(Seat seat, Answer answer) {
    if (takes(seat, () -> seat.judge(answer))) {
      seat.whole(answer);
    }
  }

  /** Offers a stale answer in place of an upstream's error. */
  void offerStandIn(Seat seat, Answer answer, int status) {
    if (takes(seat, () -> seat.judgeStandIn(answer, status))) {
      seat.whole(answer);
    }
  }

  /** Offers a ride that is reserved for this seat. */
  void offer(Seat seat, Answer described, Ride ride) {
    boolean aboard = takes(seat, () -> seat.judge(described)) && begin(seat, ride);
    if (!aboard) {
      ride.leave();
    }
  }

  /** One who has no head yet is better served with another answer than with a head and a reset. */
  private boolean begin(Seat seat, Ride ride) {
    StreamReset broken = ride.brokenAlready();
    if (broken == null) {
      return seat.live(ride, ride::leave);
    }
    if (broken.why() == StreamReset.Cause.PURGED) {
      again(seat);
    } else if (!standsIn(seat, ride.standIn())) {
      seat.failed(cut());
    }
    return false;
  }

  /** Everybody is asked, the leader too: when its route was, the upstream had not failed. */
  private static boolean standsIn(Seat seat, @Nullable Answer stale) {
    boolean may = stale != null && seat.judgeStandIn(stale, 0).matches();
    if (stale != null && may) {
      seat.whole(stale);
    }
    return may;
  }

  /** Offers a ride to one who came after the head. */
  void offerLate(Seat seat, Sharing sharing) {
    if (!takes(seat, () -> seat.judge(sharing.described()))) {
      return;
    }
    Ride ride = sharing.join(seat);
    if (ride == null) {
      flights.place(seat, flight.key());
    } else if (!begin(seat, ride)) {
      ride.leave();
    }
  }

  private static UpstreamFailure cut() {
    return new UpstreamFailure(
        UpstreamFailure.Kind.DISCONNECT, "the upstream broke off before the head was passed on");
  }

  private boolean takes(Seat seat, Supplier<Fit> judgement) {
    if (seat == flight.leader()) {
      return true;
    }
    if (seat.settled()) {
      return false;
    }
    if (seat.askedAfter(flight.position()) && flight.overtaken(seat.ticket())) {
      again(seat);
      return false;
    }
    return suits(seat, judgement.get());
  }

  private boolean suits(Seat seat, Fit fit) {
    if (fit.reason() != null) {
      seat.alone(fit.reason());
    } else if (fit.variant() != null) {
      sendOn(seat, flight.key().variant(fit.variant()));
    }
    return fit.matches();
  }

  private void sendOn(Seat seat, FlightKey other) {
    if (!other.equals(flight.key()) && seat.change()) {
      flights.place(seat, other);
    } else {
      seat.alone(Alone.OTHER_VARIANT);
    }
  }

  private void again(Seat seat) {
    if (seat.change()) {
      flights.place(seat, FlightKey.of(seat.ticket().key()));
    } else {
      seat.alone(Alone.PURGED);
    }
  }
}
