package org.cistern.flight;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.util.concurrent.atomic.AtomicBoolean;
import org.cistern.answer.Answer;
import org.cistern.answer.Position;
import org.cistern.http.Headers;
import org.cistern.loop.Demand;
import org.cistern.upstream.message.Incoming;
import org.jspecify.annotations.Nullable;

/** One passenger's way through a fill: its place in the bytes, and its own back-pressure. */
final class Ride implements ReadStream<Buffer>, Live {

  private final Published shown;
  private final Seat seat;
  private final Incoming.Head head;
  private final AtomicBoolean awake = new AtomicBoolean();
  private @Nullable Answer standIn;
  private Segment segment;
  private volatile long offset;
  private volatile @Nullable Ending broken;

  private @Nullable Handler<Buffer> handler;
  private @Nullable Handler<Void> endHandler;
  private @Nullable Handler<Throwable> exceptionHandler;
  private final Demand demand = new Demand();
  private boolean over;

  // For the fill's loop alone: where the ride was seen last, and since when.
  private long seen = -1;
  private long seenAt;

  Ride(Published shown, Seat seat, Incoming.Head head, Segment begin) {
    this.shown = shown;
    this.seat = seat;
    this.head = head;
    this.segment = begin;
  }

  @Override
  public Incoming.Head head() {
    return head;
  }

  @Override
  public ReadStream<Buffer> body() {
    return this;
  }

  @Override
  public Headers trailers() {
    return shown.trailers();
  }

  @Override
  public @Nullable Answer standIn() {
    return standIn;
  }

  /** Has a stale answer stand by; called before the passenger hears of the ride. */
  void standIn(@Nullable Answer stale) {
    standIn = stale;
  }

  /** Ends the ride without a word; called on the passenger's context. */
  void leave() {
    if (!over) {
      over = true;
      shown.remove(this);
    }
  }

  /** Breaks the ride off; called on any thread. */
  void reset(StreamReset failure) {
    broken = new Ending(failure);
    shown.remove(this);
    wake();
  }

  /** Has the passenger's loop look for bytes; called on any thread. */
  void wake() {
    if (awake.compareAndSet(false, true)) {
      seat.post(this::pump);
    }
  }

  /** Returns why it was broken off before the passenger saw any of it, or null. */
  @Nullable StreamReset brokenAlready() {
    Ending ending = broken != null ? broken : shown.ending();
    return ending == null ? null : ending.failure();
  }

  long offset() {
    return offset;
  }

  boolean askedAfter(Position position) {
    return seat.askedAfter(position);
  }

  /** Returns for how many nanoseconds it has stood still with bytes before it. */
  long stoodStill(long total, long now) {
    long here = offset;
    if (here != seen || here == total) {
      seen = here;
      seenAt = now;
    }
    return now - seenAt;
  }

  /** Runs as a task of its own, never inside a handler. */
  private void pump() {
    awake.set(false);
    // Even one that is paused lets go of segments that were joined meanwhile.
    segment = shown.current(segment);
    while (step()) {}
    shown.moved();
  }

  private boolean step() {
    if (over) {
      return false;
    }
    // The ending is read before the bytes: once it is seen, what is visible is all there is.
    Ending ending = broken != null ? broken : shown.ending();
    if (ending != null && ending.failure() != null) {
      fail(ending.failure());
      return false;
    }
    return demand.isOpen() && handler != null && move(ending, handler);
  }

  private boolean move(@Nullable Ending ending, Handler<Buffer> to) {
    long visible = shown.visible();
    if (offset < visible) {
      deliver(visible, to);
      return true;
    }
    if (ending != null) {
      end();
    }
    return false;
  }

  private void deliver(long visible, Handler<Buffer> to) {
    long from = offset;
    segment = segment.at(from);
    Buffer chunk = segment.read(from, visible);
    offset = from + chunk.length();
    demand.take();
    to.handle(chunk);
  }

  private void end() {
    leave();
    if (endHandler != null) {
      endHandler.handle(null);
    }
  }

  /** Waits for somebody to tell: a failure must not be lost because it came first. */
  private void fail(Throwable failure) {
    if (exceptionHandler != null) {
      leave();
      exceptionHandler.handle(failure);
    }
  }

  @Override
  public Ride handler(@Nullable Handler<Buffer> handler) {
    this.handler = handler;
    wake();
    return this;
  }

  @Override
  public Ride exceptionHandler(@Nullable Handler<Throwable> handler) {
    this.exceptionHandler = handler;
    wake();
    return this;
  }

  @Override
  public Ride endHandler(@Nullable Handler<Void> handler) {
    this.endHandler = handler;
    return this;
  }

  @Override
  public Ride pause() {
    demand.pause();
    return this;
  }

  @Override
  public Ride resume() {
    return fetch(Long.MAX_VALUE);
  }

  @Override
  public Ride fetch(long amount) {
    demand.add(amount);
    wake();
    return this;
  }
}
