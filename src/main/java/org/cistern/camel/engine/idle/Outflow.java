package org.cistern.camel.engine.idle;

import io.netty.channel.ChannelOutboundBuffer;
import org.jspecify.annotations.Nullable;

/** Whether the system takes what is written to a connection, seen from one look to the next. */
final class Outflow {

  private @Nullable Object part;
  private long pending;
  private long progress;
  private boolean stuck;

  /** Looks at a connection's buffer; returns whether anything has changed since the last look. */
  boolean moved(@Nullable ChannelOutboundBuffer buffer) {
    Object partNow = buffer == null ? null : buffer.current();
    long pendingNow = buffer == null ? 0 : buffer.totalPendingWriteBytes();
    long progressNow = buffer == null ? 0 : buffer.currentProgress();
    boolean moved = partNow != part || pendingNow != pending || progressNow != progress;
    part = partNow;
    pending = pendingNow;
    progress = progressNow;
    stuck = pending > 0 && !moved;
    return moved;
  }

  /** Tells whether, at the last look, something waited and had not moved since the one before. */
  boolean isStuck() {
    return stuck;
  }
}
