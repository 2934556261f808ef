package org.cistern.flight;

import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * A run of body bytes, linked to the run behind it. Readers hold the segment they are in; what no
 * reader and no fill holds any more is the garbage collector's.
 */
final class Segment {

  /** The most that is handed over at once, so that a fast writer cannot flood a slow client. */
  private static final int SLICE = 64 * 1024;

  final long start;
  final byte[] bytes;
  volatile @Nullable Segment next;

  Segment(long start, byte[] bytes) {
    this.start = start;
    this.bytes = bytes;
  }

  long end() {
    return start + bytes.length;
  }

  /** Returns the segment that holds the byte at {@code offset}, this one or one behind it. */
  Segment at(long offset) {
    Segment here = this;
    for (Segment behind = here.next; offset >= here.end() && behind != null; behind = here.next) {
      here = behind;
    }
    return here;
  }

  /**
   * Returns bytes from {@code offset} on, none at or past {@code limit}, as a read-only view: many
   * passengers are handed the same bytes.
   */
  @SuppressWarnings("deprecation") // the only way to wrap bytes unchanged without a copy
  Buffer read(long offset, long limit) {
    int from = (int) (offset - start);
    int size = (int) Math.min(SLICE, Math.min(limit, end()) - offset);
    return Buffer.buffer(Unpooled.wrappedBuffer(bytes, from, size).asReadOnly());
  }
}
