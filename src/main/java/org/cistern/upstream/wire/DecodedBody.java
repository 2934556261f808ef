package org.cistern.upstream.wire;

import io.netty.buffer.ByteBuf;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.buffer.impl.BufferImpl;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.net.impl.VertxHandler;
import io.vertx.core.streams.ReadStream;
import java.util.ArrayDeque;
import org.cistern.loop.Demand;
import org.jspecify.annotations.Nullable;

/**
 * The body of a response as it is decoded. It is paused at first, and parts that come meanwhile
 * wait; where some are left when all that was read is decoded, the connection is not read any
 * further.
 */
final class DecodedBody implements ReadStream<Buffer> {

  private final ContextInternal context;
  private final Lease lease;
  private final ArrayDeque<Buffer> waiting = new ArrayDeque<>(2);
  private @Nullable Handler<Buffer> reader;
  private @Nullable Handler<Void> ender;
  private final Demand demand = new Demand();
  private boolean complete;
  private boolean ended;
  private boolean draining;
  private boolean held;

  DecodedBody(ContextInternal context, Lease lease) {
    this.context = context;
    this.lease = lease;
  }

  /** A part came. */
  void add(ByteBuf bytes) {
    // What waits outlives the bytes that were read.
    Buffer part = BufferImpl.buffer(VertxHandler.safeBuffer(bytes.retain()));
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
    return demand.isOpen() && waiting.isEmpty() && !draining;
  }

  private void deliver(Buffer part) {
    demand.take();
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
      while (demand.isOpen() && !waiting.isEmpty()) {
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
    if (complete && demand.isOpen() && !ended) {
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
  public DecodedBody exceptionHandler(@Nullable Handler<Throwable> handler) {
    return this;
  }

  @Override
  public DecodedBody handler(@Nullable Handler<Buffer> handler) {
    reader = handler;
    return this;
  }

  @Override
  public DecodedBody endHandler(@Nullable Handler<Void> handler) {
    ender = handler;
    return this;
  }

  @Override
  public DecodedBody pause() {
    demand.pause();
    return this;
  }

  @Override
  public DecodedBody resume() {
    return fetch(Long.MAX_VALUE);
  }

  @Override
  public DecodedBody fetch(long amount) {
    demand.add(amount);
    if (!waiting.isEmpty() || (complete && !ended)) {
      context.runOnContext(this::drain);
    }
    return this;
  }
}
