package org.cistern.camel.call;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import org.jspecify.annotations.Nullable;

/** What was read of a stream already, and then the rest of it; paused until it is resumed. */
final class Replay implements ReadStream<Buffer> {

  private final Buffer first;
  private final @Nullable ReadStream<Buffer> rest;
  private @Nullable Handler<Buffer> handler;
  private @Nullable Handler<Void> endHandler;
  private boolean flowing;
  private boolean replayed;
  private boolean ended;

  Replay(Buffer first, @Nullable ReadStream<Buffer> rest) {
    this.first = first;
    this.rest = rest;
  }

  @Override
  public ReadStream<Buffer> handler(@Nullable Handler<Buffer> newHandler) {
    handler = newHandler;
    if (rest != null) {
      rest.handler(newHandler);
    }
    return this;
  }

  @Override
  public ReadStream<Buffer> endHandler(@Nullable Handler<Void> newHandler) {
    endHandler = newHandler;
    if (rest != null) {
      rest.endHandler(newHandler);
    }
    return this;
  }

  @Override
  public ReadStream<Buffer> exceptionHandler(@Nullable Handler<Throwable> newHandler) {
    if (rest != null) {
      rest.exceptionHandler(newHandler);
    }
    return this;
  }

  @Override
  public ReadStream<Buffer> pause() {
    flowing = false;
    if (rest != null) {
      rest.pause();
    }
    return this;
  }

  @Override
  public ReadStream<Buffer> resume() {
    flowing = true;
    replay();
    if (flowing) {
      goOn();
    }
    return this;
  }

  @Override
  public ReadStream<Buffer> fetch(long amount) {
    return amount > 0 ? resume() : this;
  }

  private void replay() {
    if (!replayed) {
      replayed = true;
      if (handler != null && first.length() > 0) {
        handler.handle(first);
      }
    }
  }

  private void goOn() {
    if (rest != null) {
      rest.resume();
    } else if (!ended) {
      ended = true;
      if (endHandler != null) {
        endHandler.handle(null);
      }
    }
  }
}
