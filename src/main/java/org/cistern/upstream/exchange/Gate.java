package org.cistern.upstream.exchange;

import java.util.ArrayDeque;

/**
 * The bound on one upstream's requests at one event loop: so many are in progress, so many more
 * wait in line, and the rest is turned away. Used on that event loop only.
 */
final class Gate {

  /** Someone who asks to be let in. */
  interface Guest {

    /** It is its turn; {@link Gate#leave()} is owed from now on. */
    void enter();
  }

  private final int places;
  private final int chairs;
  private final ArrayDeque<Guest> line = new ArrayDeque<>();
  private int inside;

  Gate(int places, int chairs) {
    this.places = places;
    this.chairs = chairs;
  }

  /** Lets in at once, or into the line; false where the line is full. */
  boolean admit(Guest guest) {
    if (inside < places) {
      inside++;
      guest.enter();
      return true;
    }
    return line.size() < chairs && line.add(guest);
  }

  /** Takes out of the line who no longer waits; false where it was not in it. */
  boolean giveUp(Guest guest) {
    return line.remove(guest);
  }

  /** A place is free again; the first in line gets it. */
  void leave() {
    Guest next = line.poll();
    if (next == null) {
      inside--;
    } else {
      next.enter();
    }
  }

  int inside() {
    return inside;
  }

  int waiting() {
    return line.size();
  }
}
