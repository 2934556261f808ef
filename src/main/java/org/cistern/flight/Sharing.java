package org.cistern.flight;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.cistern.answer.Answer;
import org.cistern.answer.Body;
import org.cistern.freshness.Reason;
import org.cistern.http.Headers;
import org.cistern.purge.Coverage;
import org.cistern.upstream.message.Incoming;
import org.jspecify.annotations.Nullable;

/** A response that is to be kept, shared while it arrives: its fill, and what becomes of it. */
final class Sharing implements Course {

  private static final CompletionStage<?> NOTHING_TO_WAIT_FOR =
      CompletableFuture.completedStage(null);

  private final Flight flight;
  private final Flights flights;
  private final Incoming incoming;
  private final Keep keep;
  private final @Nullable Answer standIn;
  private final Answer described;
  private final Incoming.Head asStored;
  private final Fill fill;

  Sharing(Flight flight, Flights flights, Outcome.Streamed came) {
    this.flight = flight;
    this.flights = flights;
    this.incoming = came.incoming();
    this.keep = came.keep();
    this.standIn = came.standIn();
    this.described = keep.described();
    this.asStored = asStored(incoming.head(), described);
    this.fill = new Fill(incoming, keep.maxSize(), flight.home(), flights.tower(), this);
  }

  /** Others than the one that asked must not see fields that are not stored, as Set-Cookie. */
  private static Incoming.Head asStored(Incoming.Head head, Answer described) {
    return head.with(described.status(), described.headers());
  }

  void open() {
    fill.open();
  }

  void start() {
    fill.start();
  }

  /** Returns a ride from the first byte, or null where nobody joins any more. */
  @Nullable Ride join(Seat seat) {
    Incoming.Head head = seat == flight.leader() ? incoming.head() : asStored;
    Ride ride = fill.published().join(seat, head);
    if (ride != null) {
      ride.standIn(standIn);
    }
    return ride;
  }

  /** Tells whether one who comes now may ride along. */
  boolean joinable() {
    return fill.keeping() && fill.published().joinable();
  }

  Incoming incoming() {
    return incoming;
  }

  @Nullable Answer standIn() {
    return standIn;
  }

  Answer described() {
    return described;
  }

  void checkStall() {
    fill.checkStall();
  }

  @Override
  public boolean lastByteWaits() {
    return keep.lastByteWaits();
  }

  @Override
  public void unkept(Unkept why) {
    if (why == Unkept.TOO_LARGE) {
      flights.remember(flight);
      events().tooLarge(rule());
    } else {
      events().overBudget(rule());
    }
    flights.ground(flight);
    if (why == Unkept.TOO_LARGE) {
      keep.misfit(Reason.TOO_LARGE);
    }
  }

  /** A body that came whole is whole for its readers, whatever storing it does. */
  @Override
  public CompletionStage<?> complete(Body body, Headers trailers) {
    try {
      return store(keep.complete(body, trailers));
    } catch (RuntimeException failure) {
      events().unstored(rule(), failure);
      return NOTHING_TO_WAIT_FOR;
    }
  }

  private CompletionStage<?> store(Answer answer) {
    if (flights.tower().purges().covers(answer) != Coverage.NONE) {
      purged(answer);
      return NOTHING_TO_WAIT_FOR;
    }
    CompletionStage<?> stored = keep.store(answer);
    flights.forget(flight);
    events().kept(rule(), answer.body().size());
    return stored;
  }

  private void purged(Answer answer) {
    events().purgedInFlight(rule());
    // Tags that only the body knew could not be tested when these came aboard, nor for newcomers.
    if (!described.tags().containsAll(answer.tags())) {
      fill.published().close();
      fill.published().resetAfter(flight.position());
    }
  }

  @Override
  public void broken(StreamReset.Cause cause) {
    events().reset(rule(), cause);
  }

  @Override
  public void over() {
    flights.over(flight);
  }

  private FlightEvents events() {
    return flights.tower().events();
  }

  private String rule() {
    return flight.ticket().rule();
  }
}
