package org.cistern.flight;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.cistern.answer.Answer;
import org.cistern.upstream.message.UpstreamFailure;
import org.jspecify.annotations.NullUnmarked;

/** A waiting request that writes down everything that happens to it, and reads when told to. */
@NullUnmarked // null is "not yet"
final class TestPassenger implements Passenger {

  /** What can happen to a request; the last three are the ends of a stream. */
  enum Event {
    LIVE,
    WHOLE,
    FAILED,
    ALONE,
    ENDED,
    RESET,
    WRONG_CONTEXT
  }

  private final Ticket ticket;
  private final Context context;
  private final boolean reads;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  final List<Event> events = new CopyOnWriteArrayList<>();
  volatile Function<Answer, Fit> taste = offered -> Fit.match();
  volatile Function<Answer, Fit> tasteOfStale = offered -> Fit.match();
  volatile Live live;
  volatile Answer answer;
  volatile UpstreamFailure failure;
  volatile Alone alone;
  volatile Throwable reset;
  volatile Seat seat;
  final AtomicLong received = new AtomicLong();
  final AtomicLong chunks = new AtomicLong();

  TestPassenger(Ticket ticket, Context context, boolean reads) {
    this.ticket = ticket;
    this.context = context;
    this.reads = reads;
  }

  /** Returns how its request came out, or null while that is open. */
  Event outcome() {
    return events.isEmpty() ? null : events.get(0);
  }

  /** Returns how it all ended, or null while that is open. */
  Event end() {
    Event last = events.isEmpty() ? null : events.get(events.size() - 1);
    return last == Event.LIVE ? null : last;
  }

  byte[] bytes() {
    synchronized (bytes) {
      return bytes.toByteArray();
    }
  }

  /** Lets the next {@code chunks} pieces of the body come. */
  void read(long chunks) {
    context.runOnContext(task -> live.body().fetch(chunks));
  }

  private void note(Event event) {
    events.add(Vertx.currentContext() == context ? event : Event.WRONG_CONTEXT);
  }

  @Override
  public Ticket ticket() {
    return ticket;
  }

  @Override
  public Context context() {
    return context;
  }

  @Override
  public Fit judge(Answer offered) {
    return taste.apply(offered);
  }

  @Override
  public Fit judgeStandIn(Answer offered, int status) {
    return tasteOfStale.apply(offered);
  }

  @Override
  public void live(Live answer) {
    live = answer;
    note(Event.LIVE);
    answer.body().exceptionHandler(this::broken);
    answer.body().endHandler(end -> note(Event.ENDED));
    answer.body().handler(this::got);
    if (reads) {
      answer.body().resume();
    }
  }

  private void got(Buffer chunk) {
    synchronized (bytes) {
      bytes.writeBytes(chunk.getBytes());
    }
    chunks.incrementAndGet();
    received.addAndGet(chunk.length());
  }

  private void broken(Throwable cause) {
    reset = cause;
    note(Event.RESET);
  }

  @Override
  public void whole(Answer answer) {
    this.answer = answer;
    note(Event.WHOLE);
  }

  @Override
  public void failed(UpstreamFailure failure) {
    this.failure = failure;
    note(Event.FAILED);
  }

  @Override
  public void alone(Alone reason) {
    alone = reason;
    note(Event.ALONE);
  }
}
