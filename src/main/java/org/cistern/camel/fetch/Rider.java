package org.cistern.camel.fetch;

import io.vertx.core.Context;
import java.util.List;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.cistern.answer.Answer;
import org.cistern.camel.call.ClientCall;
import org.cistern.camel.call.Lines;
import org.cistern.camel.call.Passage;
import org.cistern.camel.call.Prepared;
import org.cistern.camel.call.Reply;
import org.cistern.camel.fetch.ask.Snapshots;
import org.cistern.flight.Alone;
import org.cistern.flight.Fit;
import org.cistern.flight.Flights;
import org.cistern.flight.Live;
import org.cistern.flight.Passenger;
import org.cistern.flight.Seat;
import org.cistern.flight.Ticket;
import org.cistern.freshness.Asked;
import org.cistern.freshness.Reason;
import org.cistern.freshness.Verdict;
import org.cistern.rule.Key;
import org.cistern.rule.Rule;
import org.cistern.upstream.message.Incoming;
import org.cistern.upstream.message.UpstreamFailure;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A client that waits for the upstream: on a flight with others, or alone. */
public final class Rider implements Passenger {

  /** The client closed the connection before it had a reply; nobody sees this status. */
  private static final int GONE = 499;

  private static final Logger LOG = LoggerFactory.getLogger(Rider.class);

  private final ClientCall call;
  private final Asked asked;
  private final Origin origin;
  private final Taste taste;
  private final Replies replies;
  private final Exchange exchange;
  private final AsyncCallback callback;
  private @Nullable Ticket ticket;
  private @Nullable CachePilot pilot;
  private @Nullable Seat seat;
  private @Nullable Solo solo;
  private boolean left;
  private boolean remembered;
  private boolean over;

  /** Makes it for one request; the callback is called once, when the call is answered. */
  public Rider(
      ClientCall call, Asked asked, Origin origin, Exchange exchange, AsyncCallback callback) {
    this.call = call;
    this.asked = asked;
    this.origin = origin;
    this.taste = new Taste(asked, call.passage().keys(), origin.services());
    this.replies = new Replies(call, taste, origin.services());
    this.exchange = exchange;
    this.callback = callback;
  }

  /** Takes the flight that is under way for the key, or starts one. */
  public void board(Flights flights) {
    safely(() -> take(flights));
  }

  private void take(Flights flights) {
    Key key = call.passage().key();
    if (key == null) {
      goAlone();
      return;
    }
    Ticket mine = origin.ticket(call, asked, key);
    ticket = mine;
    if (flights.passes(mine)) {
      // What a flight needs is not made for what most likely passes through.
      alone(Alone.REMEMBERED);
      return;
    }
    pilot = new CachePilot(origin, call, Snapshots.of(asked), key, true);
    seat = flights.board(this, pilot);
    if (left) {
      seat.leave();
    }
    watch();
  }

  /** It may be answered, and its client be gone, before it hears which seat is its own. */
  private void leave() {
    left = true;
    if (seat != null) {
      seat.leave();
    }
  }

  /** Asks the upstream for this client alone. */
  public void goAlone() {
    safely(
        () -> {
          Solo mine = new Solo(call, asked, origin, this);
          solo = mine;
          watch();
          if (!over) {
            mine.ask();
          }
        });
  }

  /** A client that left while a tier was asked is not heard of again. */
  private void watch() {
    if (over) {
      return;
    }
    if (call.response().closed()) {
      gone();
    } else {
      call.response().closeHandler(closed -> gone());
    }
  }

  /** Tells whether it goes alone only because of a response that came a moment ago. */
  boolean isRemembered() {
    return remembered;
  }

  private void gone() {
    leave();
    Solo mine = solo;
    finish(Reply.bare(GONE, Lines.none()));
    if (mine != null) {
      mine.cancel();
    }
  }

  /** Whatever fails on the way to a reply is the step's failure: the client does not wait on. */
  private void safely(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      if (over) {
        LOG.warn("after the reply to {}", call, e);
        return;
      }
      over = true;
      call.response().closeHandler(null);
      exchange.setException(e);
      callback.done(false);
    }
  }

  @Override
  public Ticket ticket() {
    if (ticket == null) {
      throw new IllegalStateException("a rider without a key boards no flight");
    }
    return ticket;
  }

  @Override
  public Context context() {
    return call.context();
  }

  @Override
  public Fit judge(Answer offered) {
    return taste.judge(offered);
  }

  @Override
  public Fit judgeStandIn(Answer offered, int status) {
    Verdict stale = taste.standIn(offered, status);
    Fit fit = taste.judgeStandIn(offered, stale);
    if (stale != null && fit.matches()) {
      call.passage().standIn(stale.reason(), status);
    }
    return fit;
  }

  @Override
  public void live(Live answer) {
    safely(() -> stream(answer));
  }

  private void stream(Live answer) {
    Passage passage = call.passage();
    noteFlight(passage, answer.head().status());
    passage.fly();
    finish(replies.streamed(answer, this::leave));
  }

  private void noteFlight(Passage passage, int status) {
    passage.forwarded(status);
    if (pilot != null && !pilot.flew()) {
      passage.join();
    }
  }

  /** The upstream answered this client alone. */
  void came(Incoming incoming, @Nullable Answer standIn) {
    safely(() -> pass(incoming, standIn));
  }

  private void pass(Incoming incoming, @Nullable Answer standIn) {
    call.passage().forwarded(incoming.head().status());
    finish(replies.passing(incoming, standIn));
  }

  @Override
  public void whole(Answer answer) {
    safely(() -> serve(answer));
  }

  private void serve(Answer answer) {
    Rule rule = asked.rule();
    if (rule == null) {
      failed(new UpstreamFailure(UpstreamFailure.Kind.UNASKED, "no rule keeps this answer"));
      return;
    }
    Passage passage = call.passage();
    Prepared prepared = origin.services().shelf().prepared(call, rule, answer);
    passage.serve(prepared);
    if (pilot != null && !pilot.flew()) {
      passage.forwarded(0);
      passage.join();
    }
    List<String> cookies = pilot == null ? List.of() : pilot.cookies();
    finish(Replies.stored(prepared, cookies));
  }

  @Override
  public void failed(UpstreamFailure failure) {
    call.passage().forwarded(0);
    call.passage().failure(failure.kind().label());
    if (failure.kind().isAskers()) {
      // The rest of the request is still to come, and nobody reads it.
      call.close();
    }
    finish(Failures.reply(failure));
  }

  @Override
  public void alone(Alone reason) {
    call.passage().reason(reason == Alone.PURGED ? Reason.PURGED : Reason.UNCACHEABLE_FLIGHT);
    remembered = reason == Alone.REMEMBERED;
    pilot = null;
    goAlone();
  }

  private void finish(Reply reply) {
    if (over) {
      reply.cancel();
      return;
    }
    over = true;
    call.response().closeHandler(null);
    call.reply(reply);
    callback.done(false);
  }
}
