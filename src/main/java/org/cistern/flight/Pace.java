package org.cistern.flight;

import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.cistern.upstream.message.Incoming;

/**
 * The pace of a body that is not kept: the source waits while the slowest ride is a window behind,
 * and a ride that stands still meanwhile is reset after a while.
 */
final class Pace {

  private final Incoming incoming;
  private final Set<Ride> rides;
  private final FlightLimits limits;
  private final AtomicBoolean claimed = new AtomicBoolean();
  private volatile boolean paused;

  Pace(Incoming incoming, Set<Ride> rides, FlightLimits limits) {
    this.incoming = incoming;
    this.rides = rides;
    this.limits = limits;
  }

  /** Tells a ride that moved on whether it is to queue a look at the pace; one queues for all. */
  boolean claim() {
    return (paused || rides.isEmpty()) && claimed.compareAndSet(false, true);
  }

  void release() {
    claimed.set(false);
  }

  /** Pauses or resumes the source; returns how many bytes the slowest ride is behind. */
  long keep(long total) {
    if (!paused && total - slowest(total) >= limits.window()) {
      paused = true;
      incoming.body().pause();
    }
    // Looked at again after the flag is up: a ride that moved before saw no reason to tell.
    long behind = total - slowest(total);
    if (paused && behind <= limits.window() / 2) {
      paused = false;
      incoming.body().resume();
    }
    return behind;
  }

  /** Finds the rides that have stood still for too long while the source waits for them. */
  void resetStalled(long total, long now, BiConsumer<Ride, StreamReset.Cause> breakOff) {
    if (rides.size() == 1) {
      // Nobody waits for a lone reader but its own upstream.
      return;
    }
    long patience = limits.stall().toNanos();
    for (Ride ride : rides) {
      if (ride.stoodStill(total, now) >= patience && paused) {
        breakOff.accept(ride, StreamReset.Cause.STALLED);
      }
    }
  }

  private long slowest(long total) {
    long least = total;
    for (Ride ride : rides) {
      least = Math.min(least, ride.offset());
    }
    return least;
  }
}
