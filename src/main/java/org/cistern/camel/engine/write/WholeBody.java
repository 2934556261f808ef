package org.cistern.camel.engine.write;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import org.cistern.loop.Demand;
import org.jspecify.annotations.Nullable;

/**
 * A large body that is here whole, handed on in parts as they are taken: written in one go it would
 * be copied for the socket once for each client, however slow that one is.
 */
final class WholeBody implements ReadStream<Buffer> {

  private static final int LARGE = 256 * 1024;
  private static final int PART = 64 * 1024;

  private final Buffer body;
  private @Nullable Handler<Buffer> reader;
  private @Nullable Handler<Void> ender;
  private int at;
  private final Demand demand = new Demand();
  private boolean emitting;
  private boolean ended;

  WholeBody(Buffer body) {
    this.body = body;
  }

  /** Tells whether a body is handed on in parts. */
  static boolean isLarge(Buffer body) {
    return body.length() > LARGE;
  }

  private void emit() {
    if (emitting) {
      return;
    }
    emitting = true;
    while (demand.isOpen() && at < body.length()) {
      next();
    }
    emitting = false;
    if (demand.isOpen() && !ended && ender != null) {
      ended = true;
      ender.handle(null);
    }
  }

  private void next() {
    int from = at;
    at = Math.min(body.length(), from + PART);
    demand.take();
    if (reader != null) {
      reader.handle(body.slice(from, at));
    }
  }

  /** Nothing fails that is here. */
  @Override
  public WholeBody exceptionHandler(@Nullable Handler<Throwable> handler) {
    return this;
  }

  @Override
  public WholeBody handler(@Nullable Handler<Buffer> handler) {
    reader = handler;
    return this;
  }

  @Override
  public WholeBody endHandler(@Nullable Handler<Void> handler) {
    ender = handler;
    return this;
  }

  @Override
  public WholeBody pause() {
    demand.pause();
    return this;
  }

  @Override
  public WholeBody resume() {
    return fetch(Long.MAX_VALUE);
  }

  @Override
  public WholeBody fetch(long amount) {
    demand.add(amount);
    emit();
    return this;
  }
}
