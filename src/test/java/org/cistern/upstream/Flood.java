package org.cistern.upstream;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A large body that is made as it is taken, one part per turn of the event loop. */
final class Flood implements ReadStream<Buffer> {

  private static final Buffer PART = Buffer.buffer(new byte[64 * 1024]);

  private final Vertx vertx;
  private final long size;
  private @Nullable Handler<Buffer> reader;
  private @Nullable Handler<Void> ender;
  private final AtomicLong given = new AtomicLong();
  private volatile boolean paused;

  Flood(Vertx vertx, long size) {
    this.vertx = vertx;
    this.size = size;
  }

  long given() {
    return given.get();
  }

  boolean isPaused() {
    return paused;
  }

  private void flow() {
    if (paused || reader == null) {
      return;
    }
    if (given.get() < size) {
      given.addAndGet(PART.length());
      reader.handle(PART.copy());
      vertx.runOnContext(nothing -> flow());
    } else if (ender != null) {
      Handler<Void> told = ender;
      ender = null;
      told.handle(null);
    }
  }

  @Override
  public ReadStream<Buffer> exceptionHandler(@Nullable Handler<Throwable> handler) {
    return this;
  }

  @Override
  public ReadStream<Buffer> handler(@Nullable Handler<Buffer> handler) {
    reader = handler;
    return this;
  }

  @Override
  public ReadStream<Buffer> endHandler(@Nullable Handler<Void> handler) {
    ender = handler;
    return this;
  }

  @Override
  public ReadStream<Buffer> pause() {
    paused = true;
    return this;
  }

  @Override
  public ReadStream<Buffer> resume() {
    paused = false;
    vertx.runOnContext(nothing -> flow());
    return this;
  }

  @Override
  public ReadStream<Buffer> fetch(long amount) {
    return resume();
  }
}
