package org.cistern.camel.flow;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is still to be run on one thread: flows, each a queue of parts, of which the one that began
 * last goes first and is run to its end before the one below goes on.
 *
 * <p>All of them lie in one array, one behind the other: the parts of the topmost flow from {@code
 * next} to {@code end}, those of the flows below in front of {@code base}.
 */
final class Flows {

  private static final Logger LOG = LoggerFactory.getLogger(Flows.class);

  private @Nullable Runnable[] parts = new Runnable[32];
  private int base;
  private int next;
  private int end;

  /** Where the flows below begin, and where they go on: two numbers for each. */
  private int[] below = new int[16];

  private int depth;
  private boolean running;

  /** Begins a flow above the one that is being run, if that has parts left. */
  void begin() {
    if (next == end) {
      return;
    }
    if (depth + 2 > below.length) {
      below = Arrays.copyOf(below, 2 * below.length);
    }
    below[depth++] = base;
    below[depth++] = next;
    base = end;
    next = end;
  }

  /** Adds a part at the end of the topmost flow. */
  void add(Runnable part) {
    if (next == end) {
      next = base;
      end = base;
    }
    if (end == parts.length) {
      makeRoom();
    }
    parts[end++] = part;
  }

  /** Moves the topmost flow to where it began; an array of which half still waits is too small. */
  private void makeRoom() {
    int waiting = end - next;
    if (base + waiting > parts.length / 2) {
      parts = Arrays.copyOf(parts, 2 * parts.length);
    }
    System.arraycopy(parts, next, parts, base, waiting);
    Arrays.fill(parts, base + waiting, end, null);
    next = base;
    end = base + waiting;
  }

  /** Runs whatever there is, unless that is being done already further up this thread's stack. */
  void runAll() {
    if (!running) {
      runAllNow();
    }
  }

  /** Runs whatever there is, also from within a part. */
  void runAllNow() {
    boolean before = running;
    running = true;
    try {
      do {
        while (next != end) {
          runSafely(takeNext());
        }
      } while (goOnBelow());
    } finally {
      running = before;
    }
  }

  /**
   * Runs the next part of the topmost flow, for somebody who waits for it and has to hear what goes
   * wrong; returns false where it has none.
   */
  boolean runOne() {
    if (next == end) {
      return false;
    }
    takeNext().run();
    return true;
  }

  private Runnable takeNext() {
    Runnable part = Objects.requireNonNull(parts[next]);
    parts[next++] = null;
    return part;
  }

  /** Returns how many parts fit in before it has to grow. */
  int room() {
    return parts.length;
  }

  private boolean goOnBelow() {
    if (depth == 0) {
      return false;
    }
    end = base;
    next = below[--depth];
    base = below[--depth];
    return true;
  }

  /** Whatever goes wrong in one request is not another one's affair. */
  private static void runSafely(Runnable part) {
    try {
      part.run();
    } catch (Throwable e) {
      LOG.error("a part of a route failed, and what would have followed it is lost", e);
    }
  }
}
