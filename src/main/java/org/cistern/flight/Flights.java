package org.cistern.flight;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.cistern.loop.ByteBudget;
import org.cistern.purge.Purges;
import org.cistern.rule.Key;
import org.cistern.upstream.message.UpstreamFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All flights of a node: at most one that can be joined per key and variant. Requests of every
 * event loop come here once their look-ups have missed; hits never do.
 */
public final class Flights {

  private static final Logger LOG = LoggerFactory.getLogger(Flights.class);
  private final ConcurrentHashMap<FlightKey, Flight> open = new ConcurrentHashMap<>();
  private final Set<Flight> flying = ConcurrentHashMap.newKeySet();
  private final Unstorable unstorable;
  private final Tower tower;

  /**
   * Makes a node's flights.
   *
   * @param purges the purge log
   * @param budget what all bodies being gathered may hold together
   * @param limits where flights stop
   * @param events who counts
   * @param nanos a clock that only goes forward, in nanoseconds from any origin
   */
  public Flights(
      Purges purges,
      ByteBudget budget,
      FlightLimits limits,
      FlightEvents events,
      LongSupplier nanos) {
    this.tower = new Tower(purges, budget, limits, events, nanos);
    this.unstorable = new Unstorable(limits);
  }

  /**
   * Seats a request: it joins the flight of its key, or starts one with this pilot. It does not
   * join a flight that a purge of what it asks for came after. Where an answer under the key could
   * not be stored a moment ago it is sent off alone at once.
   *
   * @param pilot asks the upstream for this request; not called where it joins
   * @return the seat, to leave by when the client goes away
   */
  public Seat board(Passenger passenger, Pilot pilot) {
    Seat seat = new Seat(passenger, pilot, tower);
    seat.run(() -> place(seat, FlightKey.of(seat.ticket().key())));
    return seat;
  }

  /**
   * Starts a flight without a passenger, to renew what is stored: a stale answer's refresh, a
   * warmup. Those who miss meanwhile join it.
   *
   * @param home the event loop to fly on
   * @return what was done
   */
  public Refresh refresh(Ticket ticket, Context home, Pilot pilot) {
    FlightKey key = FlightKey.of(ticket.key());
    Flight mine = new Flight(key, ticket, home, null, tower);
    Flight there = open.compute(key, (k, now) -> now != null && now.serves(ticket) ? now : mine);
    if (there != mine) {
      return Refresh.ALREADY_FLYING;
    }
    depart(mine, pilot);
    return Refresh.STARTED;
  }

  /** What became of a refresh. */
  public enum Refresh {
    /** It is under way. */
    STARTED,
    /** A flight of that key is under way already and brings the same. */
    ALREADY_FLYING
  }

  /**
   * Tells whether a request goes alone without boarding, because an answer under its key could not
   * be stored a moment ago; counts it.
   */
  public boolean passes(Ticket ticket) {
    boolean passes = unstorable.remembers(FlightKey.of(ticket.key()), tower.now());
    if (passes) {
      tower.events().alone(ticket.rule(), Alone.REMEMBERED);
    }
    return passes;
  }

  /** Says that an answer under this key was stored, so that requests wait for one again. */
  public void stored(Key key) {
    unstorable.forget(FlightKey.of(key));
  }

  /**
   * Says that no tier has anything under this key. Remembered together with an answer that could
   * not be stored, so that one who passes through needs no look-up; else of no account.
   */
  public void nowhere(Key key) {
    unstorable.nowhere(FlightKey.of(key), tower.now());
  }

  /** Tells whether an answer could not be stored a moment ago, and no tier has another. */
  public boolean isNowhere(Key key) {
    return unstorable.isNowhere(FlightKey.of(key), tower.now());
  }

  /** Looks after time-outs and stalled readers; to be called a few times a second. */
  public void tick() {
    long now = tower.now();
    flying.forEach(flight -> look(flight, now));
  }

  /** Returns the lowest number of a position at which a flight under way began. */
  public long oldest() {
    return flying.stream()
        .mapToLong(flight -> flight.position().number())
        .min()
        .orElse(Long.MAX_VALUE);
  }

  /** Returns how many flights are under way. */
  public int flying() {
    return flying.size();
  }

  private void look(Flight flight, long now) {
    UpstreamFailure late =
        new UpstreamFailure(
            UpstreamFailure.Kind.TIMEOUT, "no response head came while the request could wait");
    flight.overdue(now).forEach(seat -> seat.post(() -> seat.failed(late)));
    if (flight.lost(now)) {
      ground(flight);
    }
    if (flight.abandoned(now)) {
      over(flight);
    }
    Sharing sharing = flight.sharing();
    if (sharing != null) {
      sharing.checkStall();
    }
  }

  /** Seats a request on the flight of a key, or starts one; called on the request's context. */
  void place(Seat seat, FlightKey key) {
    if (unstorable.remembers(key, tower.now())) {
      seat.alone(Alone.REMEMBERED);
      return;
    }
    Flight flight =
        open.compute(
            key,
            (k, now) -> now != null && now.admit(seat) != Admission.REFUSED ? now : start(k, seat));
    seated(seat, flight);
  }

  private Flight start(FlightKey key, Seat leader) {
    return new Flight(key, leader.ticket(), leader.context(), leader, tower);
  }

  private void seated(Seat seat, Flight flight) {
    switch (seat.admission()) {
      case PILOT -> depart(flight, seat.pilot());
      case RIDES -> ride(seat, flight);
      case FULL -> seat.failed(full());
      default -> tower.events().joined(flight.ticket().rule());
    }
  }

  private void ride(Seat seat, Flight flight) {
    tower.events().joined(flight.ticket().rule());
    Sharing sharing = flight.sharing();
    if (sharing != null) {
      new Gate(flight, this).offerLate(seat, sharing);
    }
  }

  private UpstreamFailure full() {
    return new UpstreamFailure(
        UpstreamFailure.Kind.OVERLOAD,
        "as many requests as allowed (" + tower.limits().waiting() + ") wait for this answer");
  }

  private void depart(Flight flight, Pilot pilot) {
    flying.add(flight);
    tower.events().started(flight.ticket().rule(), flight.leader() == null);
    Landing landing = new Landing(flight, this);
    if (Vertx.currentContext() == flight.home()) {
      fetch(flight, pilot, landing);
    } else {
      flight.home().runOnContext(task -> fetch(flight, pilot, landing));
    }
  }

  /** A pilot that throws has failed: nobody may wait for ever. */
  private void fetch(Flight flight, Pilot pilot, Landing landing) {
    try {
      pilot.fetch(
          flight.position(), outcome -> flight.home().runOnContext(task -> landing.land(outcome)));
    } catch (RuntimeException failure) {
      LOG.error("an answer of rule {} could not be asked for", flight.ticket().rule(), failure);
      landing.land(
          new Outcome.Failed(
              new UpstreamFailure(UpstreamFailure.Kind.UNASKED, "asking failed: " + failure)));
    }
  }

  void remember(Flight flight) {
    unstorable.remember(flight.key(), tower.now());
  }

  void forget(Flight flight) {
    unstorable.forget(flight.key());
  }

  /** Lets nobody join any more; the flight goes on for those aboard. */
  void ground(Flight flight) {
    open.remove(flight.key(), flight);
  }

  /** The flight is over. */
  void over(Flight flight) {
    open.remove(flight.key(), flight);
    flying.remove(flight);
  }

  boolean isFlying(Flight flight) {
    return flying.contains(flight);
  }

  Tower tower() {
    return tower;
  }
}
