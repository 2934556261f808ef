package org.cistern.flight;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import org.cistern.answer.Answer;
import org.cistern.http.Headers;
import org.cistern.upstream.message.Incoming;
import org.jspecify.annotations.Nullable;

/**
 * An upstream's response for one passenger alone, as it comes. It stands between them only to know
 * the end: giving a response up after it would close a connection that others use by then.
 */
final class Passage implements ReadStream<Buffer>, Live {

  private final Incoming incoming;
  private final @Nullable Answer standIn;
  private boolean over;
  private @Nullable Throwable failure;

  Passage(Incoming incoming, @Nullable Answer standIn) {
    this.incoming = incoming;
    this.standIn = standIn;
    endHandler(null);
    exceptionHandler(null);
  }

  /** Gives the response up unless it has ended; called on the passenger's context. */
  void leave() {
    if (!over) {
      over = true;
      incoming.cancel();
    }
  }

  @Override
  public Incoming.Head head() {
    return incoming.head();
  }

  @Override
  public ReadStream<Buffer> body() {
    return this;
  }

  @Override
  public Headers trailers() {
    return incoming.trailers();
  }

  @Override
  public @Nullable Answer standIn() {
    return standIn;
  }

  @Override
  public Passage endHandler(@Nullable Handler<Void> handler) {
    incoming
        .body()
        .endHandler(
            end -> {
              over = true;
              if (handler != null) {
                handler.handle(null);
              }
            });
    return this;
  }

  @Override
  public Passage exceptionHandler(@Nullable Handler<Throwable> handler) {
    Throwable before = failure;
    if (before != null && handler != null) {
      // It came while nobody listened but this.
      handler.handle(before);
    } else {
      incoming.body().exceptionHandler(cause -> broke(cause, handler));
    }
    return this;
  }

  private void broke(Throwable cause, @Nullable Handler<Throwable> handler) {
    over = true;
    failure = cause;
    if (handler != null) {
      handler.handle(cause);
    }
  }

  @Override
  public Passage handler(@Nullable Handler<Buffer> handler) {
    incoming.body().handler(handler);
    return this;
  }

  @Override
  public Passage pause() {
    incoming.body().pause();
    return this;
  }

  @Override
  public Passage resume() {
    incoming.body().resume();
    return this;
  }

  @Override
  public Passage fetch(long amount) {
    incoming.body().fetch(amount);
    return this;
  }
}
