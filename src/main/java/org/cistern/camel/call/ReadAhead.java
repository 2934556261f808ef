package org.cistern.camel.call;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import org.cistern.loop.Demand;
import org.jspecify.annotations.Nullable;

/**
 * A body that is read ahead of its reader, up to a limit, so that a step can look at it whole. The
 * reader gets all of it afterwards, what was read ahead and what still comes, as if nobody had
 * looked. Used on one event loop.
 */
final class ReadAhead implements ReadStream<Buffer> {

  /** What came of reading ahead. */
  enum Outcome {
    WHOLE,
    TOO_LONG,
    NO_ROOM,
    BROKEN
  }

  private final ReadStream<Buffer> source;
  private final Pieces pieces = new Pieces();
  private final Deque<Buffer> parts = new ArrayDeque<>();
  private byte @Nullable [] bytes;
  private long limit;
  private LongPredicate room = bytes -> true;
  private @Nullable Consumer<Outcome> then;
  private @Nullable Throwable failure;
  private boolean ended;
  private boolean told;
  private boolean emitting;
  private final Demand demand = new Demand();
  private @Nullable Handler<Buffer> handler;
  private @Nullable Handler<Void> endHandler;
  private @Nullable Handler<Throwable> exceptionHandler;

  /** Makes it over a body that is paused and that nobody has read from. */
  ReadAhead(ReadStream<Buffer> source) {
    this.source = source;
  }

  /**
   * Reads ahead.
   *
   * @param declared the body's length, or -1
   * @param longest how many bytes are read ahead at most
   * @param more tells whether so many more bytes may be held
   * @param outcome is told once, possibly before this returns
   */
  void gather(long declared, long longest, LongPredicate more, Consumer<Outcome> outcome) {
    limit = longest;
    room = more;
    then = outcome;
    source.exceptionHandler(this::broke);
    source.endHandler(nothing -> end());
    source.handler(this::part);
    if (declared > longest) {
      gathered(Outcome.TOO_LONG);
    } else {
      source.resume();
    }
  }

  /** Tells whether it still waits for the end. */
  boolean isGathering() {
    return then != null;
  }

  /** Lets go of what was read; what still comes is dropped, since nobody reads it any more. */
  void drop() {
    parts.clear();
    source.handler(part -> {});
  }

  /** Returns the whole body, the same array each time, or null where it is not all here. */
  byte @Nullable [] bytes() {
    return bytes;
  }

  /** Returns why the body broke off, or null. */
  @Nullable Throwable failure() {
    return failure;
  }

  private void part(Buffer part) {
    if (then == null) {
      parts.add(part);
      emit();
      return;
    }
    pieces.add(part);
    if (pieces.length() > limit) {
      source.pause();
      gathered(Outcome.TOO_LONG);
    } else if (!room.test(part.length())) {
      source.pause();
      gathered(Outcome.NO_ROOM);
    }
  }

  private void end() {
    ended = true;
    if (then == null) {
      emit();
    } else {
      whole(pieces.takeWhole());
      gathered(Outcome.WHOLE);
    }
  }

  /** What a step reads and what goes on to the reader is the same, so that it is held once. */
  private void whole(byte[] all) {
    bytes = all;
    if (all.length > 0) {
      parts.add(Pieces.over(all));
    }
  }

  private void broke(Throwable cause) {
    failure = cause;
    if (then == null) {
      emit();
    } else {
      gathered(Outcome.BROKEN);
    }
  }

  private void gathered(Outcome outcome) {
    Consumer<Outcome> waiting = then;
    then = null;
    parts.addAll(pieces.take());
    if (waiting != null) {
      waiting.accept(outcome);
    }
  }

  /** Hands out what is wanted; a handler may pause, resume or read on meanwhile. */
  private void emit() {
    if (emitting) {
      return;
    }
    emitting = true;
    while (demand.isOpen() && !parts.isEmpty()) {
      demand.take();
      Buffer part = parts.remove();
      if (handler != null) {
        handler.handle(part);
      }
    }
    emitting = false;
    if (parts.isEmpty()) {
      goOn();
    }
  }

  private void goOn() {
    if (failure != null) {
      tell(exceptionHandler, failure);
    } else if (ended && demand.isOpen()) {
      tell(endHandler, null);
    } else if (!ended && demand.isOpen() && then == null) {
      source.resume();
    }
  }

  private <T> void tell(@Nullable Handler<T> listener, @Nullable T what) {
    if (!told && listener != null) {
      told = true;
      listener.handle(what);
    }
  }

  @Override
  public ReadStream<Buffer> handler(@Nullable Handler<Buffer> newHandler) {
    handler = newHandler;
    return this;
  }

  @Override
  public ReadStream<Buffer> endHandler(@Nullable Handler<Void> newHandler) {
    endHandler = newHandler;
    return this;
  }

  @Override
  public ReadStream<Buffer> exceptionHandler(@Nullable Handler<Throwable> newHandler) {
    exceptionHandler = newHandler;
    if (failure != null && parts.isEmpty()) {
      tell(exceptionHandler, failure);
    }
    return this;
  }

  @Override
  public ReadStream<Buffer> pause() {
    demand.pause();
    if (!ended && then == null) {
      source.pause();
    }
    return this;
  }

  @Override
  public ReadStream<Buffer> resume() {
    return fetch(Long.MAX_VALUE);
  }

  @Override
  public ReadStream<Buffer> fetch(long amount) {
    demand.add(amount);
    emit();
    return this;
  }
}
