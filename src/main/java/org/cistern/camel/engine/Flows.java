package org.cistern.camel.engine;

import java.util.Arrays;
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
      parts = Arrays.copyOf(parts, 2 * parts.length);
    }
    parts[end++] = part;
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
        while (runOne()) {
          // one after the other
        }
      } while (goOnBelow());
    } finally {
      running = before;
    }
  }

  /** Runs the next part of the topmost flow; returns false where it has none. */
  boolean runOne() {
    if (next == end) {
      return false;
    }
    Runnable part = parts[next];
    parts[next++] = null;
    run(part);
    return true;
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
  private static void run(@Nullable Runnable part) {
    try {
      if (part != null) {
        part.run();
      }
    } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
      LOG.error("a part of a route failed, and what would have followed it is lost", e);
    }
  }
}
