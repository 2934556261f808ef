package org.cistern.flight;

import io.vertx.core.Context;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.cistern.answer.Position;
import org.jspecify.annotations.Nullable;

/**
 * One upstream call and who waits for it. It knows who may join; what its outcome means is {@link
 * Landing}'s. Its lock is held for a few field accesses.
 */
final class Flight {

  private final FlightKey key;
  private final Ticket ticket;
  private final Context home;
  private final @Nullable Seat leader;
  private final Position position;
  private final Tower tower;
  private final long deadline;
  private final Set<Seat> waiting = new LinkedHashSet<>();
  private Phase phase = Phase.WAITING;
  private Set<String> tags;
  private long headCame;
  private volatile @Nullable Sharing sharing;

  private enum Phase {
    WAITING,
    LIVE,
    CLOSED
  }

  /** Makes a flight that begins now. */
  Flight(FlightKey key, Ticket ticket, Context home, @Nullable Seat leader, Tower tower) {
    this.key = key;
    this.ticket = ticket;
    this.home = home;
    this.leader = leader;
    this.tower = tower;
    this.position = tower.purges().head();
    this.deadline = tower.now() + ticket.timeout().toNanos();
    this.tags = ticket.tags();
    if (leader != null) {
      waiting.add(leader);
      leader.admitted(Admission.PILOT, this);
    }
  }

  /** Seats a request, unless the flight is closed to it; the seat is told how. */
  synchronized Admission admit(Seat seat) {
    Admission how = admission(seat.ticket());
    if (how == Admission.WAITS) {
      waiting.add(seat);
    }
    seat.admitted(how, how == Admission.WAITS ? this : null);
    return how;
  }

  private Admission admission(Ticket asking) {
    if (!serves(asking) || isTooOld(asking)) {
      return Admission.REFUSED;
    }
    if (phase == Phase.LIVE) {
      return Admission.RIDES;
    }
    return waiting.size() < tower.limits().waiting() ? Admission.WAITS : Admission.FULL;
  }

  /** Tells whether the head came longer ago than the request takes; one to come is young enough. */
  private boolean isTooOld(Ticket asking) {
    Duration limit = asking.maxAge();
    return phase == Phase.LIVE && limit != null && tower.now() - headCame >= limit.toNanos();
  }

  /** Tells whether what this flight brings may be given to somebody who asks now. */
  synchronized boolean serves(Ticket asking) {
    Sharing shared = sharing;
    boolean open = shared == null || shared.joinable();
    return open && phase != Phase.CLOSED && !overtaken(asking);
  }

  /** Tells whether a purge came after the beginning and covers what is fetched or asked for. */
  synchronized boolean overtaken(Ticket asking) {
    if (position.equals(tower.purges().head())) {
      return false;
    }
    // One key can stand for several targets; a purge of either counts.
    return tower.covered(ticket, tags, position) || tower.covered(asking, tags, position);
  }

  /** The head is here: returns who waited, in order; whoever comes now rides at once. */
  synchronized List<Seat> live(Sharing shared) {
    phase = shared.joinable() ? Phase.LIVE : Phase.CLOSED;
    sharing = shared;
    headCame = tower.now();
    tags = shared.described().tags();
    return drain();
  }

  /** Lets nobody join from now on; returns who waited. */
  synchronized List<Seat> close() {
    phase = Phase.CLOSED;
    return drain();
  }

  private List<Seat> drain() {
    List<Seat> seats = new ArrayList<>(waiting);
    waiting.clear();
    return seats;
  }

  synchronized void forget(Seat seat) {
    waiting.remove(seat);
  }

  /** Takes out those who have waited for as long as they would. */
  synchronized List<Seat> overdue(long now) {
    List<Seat> late = waiting.stream().filter(seat -> seat.overdue(now)).toList();
    late.forEach(waiting::remove);
    return late;
  }

  /** Tells whether the head should have come by now: newcomers are better off without it. */
  synchronized boolean lost(long now) {
    return phase == Phase.WAITING && deadline - now <= 0;
  }

  /** Tells whether, beyond that, nobody waits for it any more. */
  synchronized boolean abandoned(long now) {
    return lost(now) && waiting.isEmpty();
  }

  FlightKey key() {
    return key;
  }

  Ticket ticket() {
    return ticket;
  }

  Context home() {
    return home;
  }

  @Nullable Seat leader() {
    return leader;
  }

  Position position() {
    return position;
  }

  @Nullable Sharing sharing() {
    return sharing;
  }
}
