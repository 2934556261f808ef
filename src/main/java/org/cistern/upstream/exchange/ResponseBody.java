package org.cistern.upstream.exchange;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.util.function.Supplier;
import org.cistern.http.Headers;
import org.cistern.loop.Demand;
import org.jspecify.annotations.Nullable;

/**
 * The body of a response while it arrives. It is paused at first, and it remembers a failure for a
 * reader who comes late.
 */
final class ResponseBody implements ReadStream<Buffer> {

  private final Attempt attempt;
  private final ReadStream<Buffer> response;
  private final Supplier<Headers> source;
  private @Nullable Handler<Buffer> reader;
  private @Nullable Handler<Void> ender;
  private @Nullable Handler<Throwable> failer;
  private @Nullable Throwable failure;
  private Headers trailers = Headers.empty();
  private final Demand demand = new Demand();
  private boolean over;
  private boolean arrived;

  /** Takes a stream to read from; its trailers are asked for at its end. */
  ResponseBody(Attempt attempt, ReadStream<Buffer> response, Supplier<Headers> trailers) {
    this.attempt = attempt;
    this.response = response;
    this.source = trailers;
    response.pause();
    response.handler(this::part);
    response.endHandler(this::end);
    response.exceptionHandler(attempt::broke);
  }

  /** Tells whether somebody waits for more. */
  boolean wanted() {
    return demand.isOpen();
  }

  Headers trailers() {
    return trailers;
  }

  /** It breaks off here; the reader is told, now or as soon as there is one. */
  void fail(Throwable cause) {
    if (!over) {
      over = true;
      failure = cause;
      tell();
    }
  }

  /**
   * Nobody reads any further, and nobody is told anything; what is here and what comes is dropped.
   */
  void drop() {
    over = true;
    response.resume();
  }

  /** Tells whether its end was read, or dropped. */
  boolean arrived() {
    return arrived;
  }

  private void part(Buffer part) {
    if (over) {
      return;
    }
    demand.take();
    attempt.progress();
    if (reader != null) {
      reader.handle(part);
    }
  }

  private void end(@Nullable Void nothing) {
    arrived = true;
    if (!over) {
      over = true;
      trailers = source.get();
      attempt.ended();
      if (ender != null) {
        ender.handle(null);
      }
    }
  }

  private void tell() {
    if (failure != null && failer != null) {
      Handler<Throwable> told = failer;
      failer = null;
      told.handle(failure);
    }
  }

  @Override
  public ReadStream<Buffer> exceptionHandler(@Nullable Handler<Throwable> handler) {
    failer = handler;
    tell();
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
    if (over) {
      // What is left of it is being dropped.
      return this;
    }
    demand.pause();
    response.pause();
    return this;
  }

  @Override
  public ReadStream<Buffer> resume() {
    return fetch(Long.MAX_VALUE);
  }

  @Override
  public ReadStream<Buffer> fetch(long amount) {
    if (!wanted()) {
      attempt.progress();
    }
    demand.add(amount);
    response.fetch(amount);
    return this;
  }
}
