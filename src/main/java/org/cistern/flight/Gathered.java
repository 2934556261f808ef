package org.cistern.flight;

import io.vertx.core.buffer.Buffer;
import org.cistern.answer.Body;
import org.cistern.loop.ByteBudget;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one body as they arrive, and what they hold of the budget. Written on the flight's
 * event loop alone.
 *
 * <p>Where the length is declared there is one segment of that length, which becomes the stored
 * body as it is. Elsewhere segments double up to a bound and are joined once at the end. A byte is
 * copied when it arrives and never changed afterwards; readers on other loops see it because the
 * fill publishes its offset after it is written.
 */
final class Gathered {

  private static final int SMALLEST = 4 * 1024;
  private static final int LARGEST = 1024 * 1024;

  private final ByteBudget.Share budget;
  private Segment tail = new Segment(0, new byte[0]);
  private @Nullable Segment first = tail;
  private long total;

  Gathered(ByteBudget budget) {
    this.budget = budget.share();
  }

  /** Makes room for a body of the declared length; tells whether budget and heap have it. */
  boolean expect(long length) {
    if (!hold(length)) {
      return false;
    }
    if (linked((int) length)) {
      return true;
    }
    budget.giveBack(length);
    return false;
  }

  /** Takes the next {@code bytes} from the budget; tells whether it has them. */
  boolean hold(long bytes) {
    return budget.take(bytes);
  }

  /** Takes the next bytes; tells whether the heap had room for them. */
  boolean append(Buffer chunk) {
    int from = 0;
    while (from < chunk.length()) {
      if (room() == 0 && !linked(capacity(chunk.length() - from))) {
        return false;
      }
      int size = Math.min(room(), chunk.length() - from);
      chunk.getBytes(from, from + size, tail.bytes, (int) (total - tail.start));
      total += size;
      from += size;
    }
    return true;
  }

  /** Stops gathering: from now on bytes are held only until the last reader has them. */
  void letGo() {
    first = null;
  }

  /** Gives back what is held beyond so many bytes. */
  void shrinkTo(long bytes) {
    budget.shrinkTo(bytes);
  }

  /** Brings all bytes into one array; tells whether the budget has room for that copy. */
  boolean join() {
    Segment only = only();
    if (only == null || only.bytes.length == total) {
      return true;
    }
    if (!hold(total)) {
      return false;
    }
    tail = new Segment(0, copy(only));
    first = new Segment(0, new byte[0]);
    first.next = tail;
    return true;
  }

  /** Returns the body; whole once it is joined. */
  Body body() {
    Segment only = only();
    return only == null ? Body.empty() : Body.of(only.bytes);
  }

  /** Returns where a new reader begins, or null where that is not held any more. */
  @Nullable Segment first() {
    return first;
  }

  long total() {
    return total;
  }

  private @Nullable Segment only() {
    return first == null ? null : first.next;
  }

  private byte[] copy(Segment begin) {
    byte[] all = new byte[(int) total];
    for (Segment from = begin; from != null; from = from.next) {
      int size = (int) Math.min(from.bytes.length, total - from.start);
      System.arraycopy(from.bytes, 0, all, (int) from.start, size);
    }
    return all;
  }

  private int room() {
    return (int) (tail.end() - total);
  }

  private int capacity(int needed) {
    if (first == null) {
      return needed;
    }
    return Math.max(needed, (int) Math.min(LARGEST, Math.max(SMALLEST, total)));
  }

  private boolean linked(int capacity) {
    try {
      Segment segment = new Segment(total, new byte[capacity]);
      tail.next = segment;
      tail = segment;
      return true;
    } catch (OutOfMemoryError heapIsFull) {
      return false;
    }
  }
}
