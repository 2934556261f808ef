package org.cistern.camel.engine;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.concurrent.FastThreadLocal;
import org.jspecify.annotations.Nullable;

/**
 * The buffer that an event loop writes its small responses into, one after the other. Nearly every
 * response is with the system before the next one is made, so the same few lines of the processor's
 * cache serve them all; where the system has not taken it yet, the next response gets a buffer of
 * its own.
 */
final class OutBuffer extends FastThreadLocal<ByteBuf> {

  /** Room for a head and a body of a few kilobytes. */
  private static final int SIZE = 8 * 1024;

  private static final OutBuffer OWN = new OutBuffer();

  private OutBuffer() {}

  /** Returns an empty buffer with room for so many bytes, which whoever writes it lets go of. */
  static ByteBuf of(ByteBufAllocator allocator, int room) {
    return room > SIZE ? allocator.directBuffer(room) : own(allocator, room);
  }

  private static ByteBuf own(ByteBufAllocator allocator, int room) {
    ByteBuf own = OWN.getIfExists();
    if (own == null) {
      own = allocator.directBuffer(SIZE);
      OWN.set(own);
    }
    // Whoever still has it to write holds it a second time.
    return own.refCnt() == 1 ? own.clear().retain() : allocator.directBuffer(room);
  }

  @Override
  protected void onRemoval(@Nullable ByteBuf own) {
    if (own != null) {
      own.release();
    }
  }
}
