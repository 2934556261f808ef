package org.cistern.upstream;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.cistern.http.Headers;
import org.cistern.upstream.UpstreamFailure.Kind;
import org.jspecify.annotations.Nullable;

/**
 * One request to an upstream until the end of its response, over one attempt or several. It lives
 * on one event loop; its place at the gate, its leave of the breaker and its answer are given back
 * exactly once.
 */
final class Exchange extends Deadlines.Timed implements Gate.Guest, Outgoing.Interim, Call {

  private enum Stage {
    WAITING,
    ASKING,
    READING,
    OVER
  }

  private static final long NEVER = Long.MAX_VALUE;

  private final Loop loop;
  private final Lane lane;
  private final Site site;
  private final ContextInternal context;
  private final Outgoing outgoing;
  private final CircuitBreaker.Permit permit;
  private final Handler<AsyncResult<Incoming>> answer;
  private final long headTicks;
  private Stage stage = Stage.WAITING;
  private List<Endpoint> tried = List.of();
  private @Nullable Attempt attempt;
  private boolean admitted;
  private boolean beginning;
  private boolean continued;
  private long deadline;
  private long continueAt = NEVER;

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
    this.answer = answer;
    Duration own = outgoing.headTimeout();
    this.headTicks = own == null ? loop.headTicks() : Deadlines.ticks(own);
    this.deadline = loop.deadlines().tick() + headTicks;
  }

  Loop loop() {
    return loop;
  }

  Lane lane() {
    return lane;
  }

  Outgoing outgoing() {
    return outgoing;
  }

  /** Goes to the gate, and through it where there is a place. */
  void begin() {
    loop.deadlines().add(this);
    beginning = true;
    if (!lane.gate().admit(this)) {
      refuse(new UpstreamFailure(Kind.OVERLOAD, site.sentence("has too many waiting requests"), 1));
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
    Endpoint endpoint = site.choose(tried);
    if (endpoint == null) {
      refuse(new UpstreamFailure(Kind.UNAVAILABLE, site.sentence("has no instance up"), 1));
    } else {
      attempt = new Attempt(this, endpoint);
      attempt.start();
    }
  }

  /** The body waits for a 100, but not for long. */
  void awaitContinue() {
    continueAt = loop.deadlines().tick() + loop.expectTicks();
  }

  @Override
  public void interim(int status, Headers headers) {
    boolean news = status != 100 || !continued;
    continued |= status == 100;
    if (stage == Stage.ASKING && news && outgoing.interim() != null) {
      outgoing.interim().interim(status, headers);
    }
    if (status == 100 && attempt != null) {
      continueAt = NEVER;
      attempt.goOn();
    }
  }

  /** Bytes passed, or are wanted from now on. */
  void progress(boolean untilHead) {
    deadline = loop.deadlines().tick() + (untilHead ? headTicks : loop.idleTicks());
  }

  /** The head of the response is here. */
  void head(
      Attempt from, ResponseBody body, @Nullable NetSocket socket, HttpClientResponse response) {
    stage = Stage.READING;
    Instant now = site.now();
    site.answered(from, response.statusCode(), permit, now);
    Incoming.Head head = Heads.read(response, outgoing.method(), from.sentAt(), now);
    progress(false);
    answer.handle(Future.succeededFuture(new Received(head, body, socket, this)));
  }

  /** An attempt failed before the head; its connection is closed already. */
  void failed(Attempt from, UpstreamFailure failure, boolean repeatable) {
    if (repeatable && mayRetry(failure.kind())) {
      site.retried(from, failure.kind());
      List<Endpoint> more = new ArrayList<>(tried);
      more.add(from.endpoint());
      tried = more;
      attempt();
    } else {
      site.failed(from, failure.kind(), permit);
      finish();
      answer.handle(Future.failedFuture(failure));
    }
  }

  private boolean mayRetry(Kind kind) {
    boolean network = kind == Kind.CONNECT || kind == Kind.TLS || kind == Kind.DISCONNECT;
    return network && tried.size() + 1 < loop.site().options().limits().attempts();
  }

  /** The response ended: whole, or cut after its head, which the body's reader is told. */
  void ended(@Nullable Kind cut) {
    if (cut != null) {
      site.cut(cut);
    }
    finish();
  }

  private void refuse(UpstreamFailure failure) {
    site.refused(failure.kind(), permit);
    finish();
    answer.handle(Future.failedFuture(failure));
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
      refuse(new UpstreamFailure(Kind.CANCELLED, site.sentence("is not asked any more")));
    }
  }

  @Override
  void check(long tick) {
    if (tick >= continueAt) {
      context.emit(null, nothing -> interim(100, Headers.empty()));
    } else if (tick > deadline && (attempt == null || attempt.awaited())) {
      context.emit(null, nothing -> tooLate());
    }
  }

  private void tooLate() {
    if (attempt != null && admitted) {
      attempt.fail(Kind.TIMEOUT, stage == Stage.READING ? "fell silent" : "did not answer in time");
    } else if (stage != Stage.OVER) {
      refuse(new UpstreamFailure(Kind.OVERLOAD, site.sentence("had no connection free"), 1));
    }
  }
}
