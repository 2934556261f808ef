package org.cistern.tier.memory;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Uses that wait until somebody has time to count them. Each thread writes to a ring of its own, or
 * nearly so, without a lock; what a full ring overwrites is not counted, which costs the order
 * little and the reader nothing.
 */
final class Uses {

  private static final int RINGS = 16;
  private static final int SIZE = 32;

  private final Ring[] rings = new Ring[RINGS];

  Uses() {
    for (int i = 0; i < RINGS; i++) {
      rings[i] = new Ring();
    }
  }

  /** Notes a use; tells whether it is time to count. */
  boolean note(Ranked used) {
    Ring ring = rings[(int) Thread.currentThread().getId() & (RINGS - 1)];
    int place = ring.next++;
    ring.used.lazySet(place & (SIZE - 1), used);
    return (place & (SIZE - 1)) == SIZE - 1;
  }

  /** Passes the uses of each ring, the oldest first, and forgets them; by one thread at a time. */
  void drain(Consumer<Ranked> then) {
    for (Ring ring : rings) {
      if (ring.next != ring.drained) {
        ring.drain(then);
      }
    }
  }

  /** Threads that share it may lose one another's uses. */
  private static final class Ring {

    private final AtomicReferenceArray<@Nullable Ranked> used = new AtomicReferenceArray<>(SIZE);
    private int next;
    private int drained;

    private void drain(Consumer<Ranked> then) {
      int end = next;
      drained = end;
      for (int i = 0; i < SIZE; i++) {
        Ranked one = used.getAndSet((end + i) & (SIZE - 1), null);
        if (one != null) {
          then.accept(one);
        }
      }
    }
  }
}
