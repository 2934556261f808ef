package org.cistern.flight;

import java.util.List;
import org.cistern.answer.Answer;
import org.cistern.upstream.message.Incoming;
import org.cistern.upstream.message.UpstreamFailure;
import org.jspecify.annotations.Nullable;

/** What becomes of a flight's outcome, one method per kind; called on the flight's event loop. */
final class Landing implements Outcome.Receiver {

  private final Flight flight;
  private final Flights flights;
  private final Gate gate;
  private boolean landed;

  Landing(Flight flight, Flights flights) {
    this.flight = flight;
    this.flights = flights;
    this.gate = new Gate(flight, flights);
  }

  /** Takes the pilot's outcome; a second one is ignored. */
  void land(Outcome outcome) {
    if (!landed) {
      landed = true;
      outcome.reach(this);
    }
  }

  @Override
  public void streamed(Outcome.Streamed came) {
    Incoming incoming = came.incoming();
    if (!flights.isFlying(flight)) {
      // Given up long ago: the purges that it has to be tested against may be forgotten.
      incoming.cancel();
      return;
    }
    try {
      share(new Sharing(flight, flights, came));
    } catch (RuntimeException | OutOfMemoryError failure) {
      incoming.cancel();
      failed(new UpstreamFailure(UpstreamFailure.Kind.UNASKED, "keeping failed: " + failure));
    }
  }

  private void share(Sharing sharing) {
    sharing.open();
    List<Seat> aboard = flight.live(sharing);
    if (sharing.joinable() || aboard.stream().anyMatch(seat -> seat != flight.leader())) {
      aboard.forEach(seat -> reserve(seat, sharing));
      sharing.start();
    } else {
      pass(sharing.incoming(), sharing.standIn(), aboard);
    }
  }

  /** The ride is reserved here, before the first byte flows, and offered where the seat lives. */
  private void reserve(Seat seat, Sharing sharing) {
    Ride ride = sharing.join(seat);
    if (ride != null) {
      seat.post(() -> gate.offer(seat, sharing.described(), ride));
    }
  }

  @Override
  public void passing(Outcome.Passing came) {
    if (came.lasts()) {
      flights.remember(flight);
    }
    List<Seat> aboard = flight.close();
    List<Seat> first = aboard.stream().filter(seat -> seat == flight.leader()).toList();
    aboard.removeAll(first);
    aboard.forEach(seat -> seat.post(() -> seat.alone(came.reason())));
    pass(came.incoming(), came.standIn(), first);
  }

  @Override
  public void apart(Alone reason, boolean lasts) {
    if (lasts) {
      flights.remember(flight);
    }
    flights.over(flight);
    flight.close().forEach(seat -> seat.post(() -> seat.alone(reason)));
  }

  /** Hands the response to the one that asked for it, or gives it up where that one has left. */
  private void pass(Incoming incoming, @Nullable Answer standIn, List<Seat> first) {
    flights.over(flight);
    if (first.isEmpty()) {
      incoming.cancel();
      return;
    }
    Passage passage = new Passage(incoming, standIn);
    Seat seat = first.get(0);
    seat.post(
        () -> {
          if (!seat.live(passage, passage::leave)) {
            passage.leave();
          }
        });
  }

  @Override
  public void whole(Answer answer) {
    flights.forget(flight);
    flights.over(flight);
    for (Seat seat : flight.close()) {
      seat.post(() -> gate.offer(seat, answer));
    }
  }

  @Override
  public void standsIn(Answer answer, int status) {
    flights.over(flight);
    for (Seat seat : flight.close()) {
      seat.post(() -> gate.offerStandIn(seat, answer, status));
    }
  }

  @Override
  public void failed(UpstreamFailure failure) {
    flights.over(flight);
    for (Seat seat : flight.close()) {
      seat.post(() -> seat.failed(failure));
    }
  }

  Gate gate() {
    return gate;
  }
}
