package org.cistern.upstream.wire;

import io.netty.buffer.ByteBuf;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.net.impl.VertxHandler;
import io.vertx.core.streams.ReadStream;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The body of a response as it is decoded. It is paused at first, and parts that come meanwhile
 * wait; where some are left when all that was read is decoded, the connection is not read any
 * further.
 */
final class Parts implements ReadStream<Buffer> {

  private final ContextInternal context;
  private final Lease lease;
  private final ArrayDeque<Buffer> waiting = new ArrayDeque<>(2);
  private @Nullable Handler<Buffer> reader;
  private @Nullable Handler<Void> ender;
  private long demand;
  private boolean complete;
  private boolean ended;
  private boolean draining;
  private boolean held;

  Parts(ContextInternal context, Lease lease) {
    this.context = context;
    this.lease = lease;
  }

  /** A part came. */
  void add(ByteBuf bytes) {
    // What waits outlives the bytes that were read.
    Buffer part = Buffer.buffer(VertxHandler.safeBuffer(bytes.retain()));
    if (flows()) {
      context.emit(part, this::deliver);
    } else {
      waiting.add(part);
    }
  }

  /** The last part has come. */
  void end() {
    complete = true;
    release();
    if (flows()) {
      context.emit(null, nothing -> finish());
    }
  }

  /** All that came in this round is decoded: what nobody wants yet is not to become more. */
  void roundEnded() {
    if (!waiting.isEmpty() && !held) {
      held = true;
      lease.hold(true);
    }
  }

  private boolean flows() {
    return demand > 0 && waiting.isEmpty() && !draining;
  }

  private void deliver(Buffer part) {
    if (demand != Long.MAX_VALUE) {
      demand--;
    }
    if (reader != null) {
      reader.handle(part);
    }
  }

  private void finish() {
    ended = true;
    if (ender != null) {
      ender.handle(null);
    }
  }

  private void drain(@Nullable Void nothing) {
    if (draining) {
      return;
    }
    draining = true;
    try {
      while (demand > 0 && !waiting.isEmpty()) {
        deliver(waiting.remove());
      }
    } finally {
      draining = false;
    }
    if (waiting.isEmpty()) {
      drained();
    }
  }

  private void drained() {
    release();
    if (complete && demand > 0 && !ended) {
      finish();
    }
  }

  private void release() {
    if (held) {
      held = false;
      lease.hold(false);
    }
  }

  /** A failure is told to the turn's listener, not here. */
  @Override
  public Parts exceptionHandler(@Nullable Handler<Throwable> handler) {
    return this;
  }

  @Override
  public Parts handler(@Nullable Handler<Buffer> handler) {
    reader = handler;
    return this;
  }

  @Override
  public Parts endHandler(@Nullable Handler<Void> handler) {
    ender = handler;
    return this;
  }

  @Override
  public Parts pause() {
    demand = 0;
    return this;
  }

  @Override
  public Parts resume() {
    return fetch(Long.MAX_VALUE);
  }

  @Override
  public Parts fetch(long amount) {
    demand = demand + amount < 0 ? Long.MAX_VALUE : demand + amount;
    if (!waiting.isEmpty() || (complete && !ended)) {
      context.runOnContext(this::drain);
    }
    return this;
  }
}
