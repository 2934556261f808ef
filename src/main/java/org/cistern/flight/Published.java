package org.cistern.flight;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.cistern.answer.Position;
import org.cistern.http.Headers;
import org.cistern.upstream.message.Incoming;
import org.jspecify.annotations.Nullable;

/**
 * What of a fill its readers see, on whichever event loop they live: written by the fill's loop,
 * the bytes before their offset, the offset before the ending. The lock is held only to agree on
 * who joined before nobody could any more.
 */
final class Published {

  private final Set<Ride> rides = ConcurrentHashMap.newKeySet();
  private final Course course;
  private final Runnable moved;
  private volatile long visible;
  private volatile Headers trailers = Headers.empty();
  private volatile @Nullable Segment joined;
  private volatile @Nullable Ending ending;
  private @Nullable Segment origin;

  /**
   * Makes the readers' side of a fill.
   *
   * @param origin where readers begin
   * @param course told of every ride that is broken off
   * @param moved told, on any thread, when a reader went on or away
   */
  Published(@Nullable Segment origin, Course course, Runnable moved) {
    this.course = course;
    this.origin = origin;
    this.moved = moved;
  }

  /** Returns a ride from the first byte, or null where that is not to be had any more. */
  synchronized @Nullable Ride join(Seat seat, Incoming.Head head) {
    Segment begin = origin;
    if (begin == null) {
      return null;
    }
    Ride ride = new Ride(this, seat, head, begin);
    rides.add(ride);
    return ride;
  }

  /** Tells whether a ride from the first byte is to be had. */
  synchronized boolean joinable() {
    return origin != null;
  }

  /** Lets nobody join from now on, and the first bytes go once they are read. */
  synchronized void close() {
    origin = null;
  }

  /** Forgets a ride; tells whether it was there. */
  boolean remove(Ride ride) {
    boolean there = rides.remove(ride);
    moved.run();
    return there;
  }

  void moved() {
    moved.run();
  }

  /** Resets one ride while the others go on; called on the fill's loop. */
  void breakOff(Ride ride, StreamReset.Cause cause) {
    if (remove(ride)) {
      course.broken(cause);
      ride.reset(StreamReset.of(cause));
    }
  }

  /** Resets the rides of those who asked after {@code position}; called on the fill's loop. */
  void resetAfter(Position position) {
    for (Ride ride : rides) {
      if (ride.askedAfter(position)) {
        breakOff(ride, StreamReset.Cause.PURGED);
      }
    }
  }

  /** Raises the offset that may be read up to. */
  void show(long upTo) {
    visible = upTo;
    rides.forEach(Ride::wake);
  }

  /** Says that nothing follows. */
  void end(long total, Ending how) {
    visible = total;
    ending = how;
    rides.forEach(Ride::wake);
  }

  /** Replaces the segments by one that has all bytes. */
  void replace(Segment all) {
    joined = all;
  }

  void trailers(Headers last) {
    trailers = last;
  }

  /** Returns the segment that a reader in {@code here} goes on from. */
  Segment current(Segment here) {
    Segment all = joined;
    return all == null ? here : all;
  }

  Set<Ride> rides() {
    return rides;
  }

  long visible() {
    return visible;
  }

  Headers trailers() {
    return trailers;
  }

  @Nullable Ending ending() {
    return ending;
  }
}
