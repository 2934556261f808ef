package org.cistern.upstream.exchange;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.time.Instant;
import org.cistern.http.Headers;
import org.cistern.loop.Deadlines;
import org.cistern.upstream.breaker.CircuitBreaker;
import org.cistern.upstream.endpoint.Endpoint;
import org.cistern.upstream.message.Incoming;
import org.cistern.upstream.message.Outgoing;
import org.cistern.upstream.message.Pending;
import org.cistern.upstream.message.UpstreamFailure;
import org.cistern.upstream.message.UpstreamFailure.Kind;
import org.cistern.upstream.wire.Arrival;
import org.cistern.upstream.wire.RequestHeads;
import org.cistern.upstream.wire.ResponseHeads;
import org.jspecify.annotations.Nullable;

/**
 * One request to an upstream until the end of its response, over one attempt or several. It lives
 * on one event loop; its place at the gate, its leave of the breaker and its answer are given back
 * exactly once.
 */
final class Exchange extends Deadlines.Timed implements Gate.Guest, Outgoing.Interim, Pending {

  private final Loop loop;
  private final Lane lane;
  private final Site site;
  private final ContextInternal context;
  private final Outgoing outgoing;
  private final CircuitBreaker.Permit permit;
  private final Handler<AsyncResult<Incoming>> answer;
  private final Patience patience;
  private Stage stage = Stage.WAITING;
  private final Tries tries;
  private final Expectation expectation = new Expectation();
  private @Nullable Attempt attempt;
  private boolean admitted;
  private boolean beginning;

  Exchange(
      Loop loop,
      ContextInternal context,
      Outgoing outgoing,
      CircuitBreaker.Permit permit,
      Handler<AsyncResult<Incoming>> answer) {
    this.loop = loop;
    this.lane = loop.lane(outgoing);
    this.site = loop.site();
    this.context = context;
    this.outgoing = outgoing;
    this.permit = permit;
    this.tries = new Tries(site.options().limits().attempts());
    this.answer = answer;
    Duration own = outgoing.headTimeout();
    this.patience =
        new Patience(
            loop.deadlines(),
            own == null ? loop.headTicks() : Deadlines.ticks(own),
            loop.idleTicks());
  }

  Site site() {
    return site;
  }

  Lane lane() {
    return lane;
  }

  ContextInternal context() {
    return context;
  }

  Outgoing outgoing() {
    return outgoing;
  }

  /** Tells whether it goes past Vert.x; where HTTP/2 is wished for, Vert.x may add to a head. */
  boolean isPlain() {
    return !site.options().http2() && RequestHeads.isPlain(outgoing);
  }

  /** Goes to the gate, and through it where there is a place. */
  void begin() {
    loop.deadlines().add(this);
    beginning = true;
    if (!lane.gate().admit(this)) {
      refuse(Kind.OVERLOAD, "has too many waiting requests");
    }
    beginning = false;
  }

  @Override
  public void enter() {
    admitted = true;
    stage = Stage.ASKING;
    if (beginning) {
      attempt();
    } else {
      // It waited; whoever made way for it must not run its work on top of his own.
      context.runOnContext(nothing -> attempt());
    }
  }

  private void attempt() {
    if (stage != Stage.ASKING) {
      return;
    }
    Endpoint endpoint = site.choose(tries.failed());
    if (endpoint == null) {
      refuse(Kind.UNAVAILABLE, "has no instance up");
    } else {
      attempt = new Attempt(this, endpoint);
      attempt.start();
    }
  }

  /** Runs a task once what the event loop has for this request is done. */
  void later(Runnable task) {
    context.runOnContext(nothing -> task.run());
  }

  /** The body waits for a 100, but not for long. */
  void awaitContinue() {
    expectation.await(loop.deadlines().tick() + loop.expectTicks());
  }

  @Override
  public void interim(int status, Headers headers) {
    if (expectation.isNews(status) && stage == Stage.ASKING && outgoing.interim() != null) {
      outgoing.interim().interim(status, headers);
    }
    if (status == 100 && attempt != null) {
      attempt.goOn();
    }
  }

  Patience patience() {
    return patience;
  }

  /** The head of the response is here. */
  void head(Attempt from, ResponseBody body, @Nullable NetSocket socket, Arrival arrival) {
    Instant now = site.now();
    Incoming.Head head = ResponseHeads.read(arrival, outgoing.method(), from.sentAt(), now);
    site.answered(from, arrival.status(), permit, now);
    stage = Stage.READING;
    patience.awaitMore();
    answer.handle(Future.succeededFuture(new Received(head, body, socket, this)));
  }

  /** Tells whether whoever asked has the response. */
  boolean isTold() {
    return stage == Stage.READING || stage == Stage.OVER;
  }

  /** An attempt failed before the head; its connection is closed already. */
  void failed(Attempt from, UpstreamFailure failure, boolean repeatable) {
    if (repeatable && tries.again(from.endpoint(), failure)) {
      site.retried(from, failure.kind());
      attempt();
    } else {
      site.failed(from, failure.kind(), permit);
      finish();
      answer.handle(Future.failedFuture(tries.told(failure)));
    }
  }

  /** The response ended: whole, or cut after its head, which the body's reader is told. */
  void ended(@Nullable Kind cut) {
    if (cut != null) {
      site.cut(cut);
    }
    finish();
  }

  private void refuse(Kind kind, String what) {
    site.refused(kind, permit);
    finish();
    UpstreamFailure refused = new UpstreamFailure(kind, site.sentence(what), 1, !kind.isAskers());
    answer.handle(Future.failedFuture(tries.told(refused)));
  }

  private void finish() {
    stage = Stage.OVER;
    loop.deadlines().remove(this);
    if (admitted) {
      lane.gate().leave();
    } else {
      lane.gate().giveUp(this);
    }
  }

  @Override
  public void cancel() {
    if (stage == Stage.OVER) {
      return;
    }
    boolean told = stage == Stage.READING;
    if (attempt != null) {
      attempt.drop();
      site.dropped(attempt.endpoint());
    }
    if (told) {
      finish();
    } else {
      refuse(Kind.CANCELLED, "is not asked any more");
    }
  }

  @Override
  protected void check(long tick) {
    if (expectation.isOver(tick)) {
      context.emit(null, nothing -> interim(100, Headers.empty()));
    } else if (patience.isOver(tick) && (attempt == null || attempt.awaited())) {
      context.emit(null, nothing -> tooLate());
    }
  }

  private void tooLate() {
    if (attempt != null && admitted) {
      attempt.late(stage == Stage.READING ? "fell silent" : "did not answer in time");
    } else if (stage != Stage.OVER) {
      refuse(Kind.OVERLOAD, "had no connection free");
    }
  }
}
