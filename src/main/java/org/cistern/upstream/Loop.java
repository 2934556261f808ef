package org.cistern.upstream;

import io.netty.channel.EventLoop;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpClient;
import io.vertx.core.impl.ContextInternal;
import org.cistern.upstream.UpstreamFailure.Kind;

/** One event loop's share of an upstream: its own connections, gate and deadlines. */
final class Loop {

  private final Site site;
  private final HttpClient http;
  private final HttpClient upgrading;
  private final Gate gate;
  private final Deadlines deadlines;
  private final long headTicks;
  private final long idleTicks;
  private final long expectTicks;

  Loop(Site site, Clients clients, EventLoop loop, int loops) {
    UpstreamOptions.Limits limits = site.options().limits();
    UpstreamOptions.Timeouts timeouts = site.options().timeouts();
    this.site = site;
    int places = Math.max(1, limits.connections() / loops);
    this.http = clients.http(places);
    this.upgrading = clients.upgrading(Math.max(1, limits.upgraded() / loops));
    this.gate = new Gate(places, limits.waiting() / loops);
    this.deadlines = new Deadlines(loop);
    this.headTicks = Deadlines.ticks(timeouts.head());
    this.idleTicks = Deadlines.ticks(timeouts.idle());
    this.expectTicks = Deadlines.ticks(timeouts.expect());
  }

  /** Sends a request, unless the breaker is open. */
  Call send(ContextInternal context, Outgoing outgoing, Handler<AsyncResult<Incoming>> answer) {
    CircuitBreaker.Permit permit = site.breaker().ask(site.now());
    if (permit == null) {
      answer.handle(Future.failedFuture(open()));
      return () -> {};
    }
    Exchange exchange = new Exchange(this, context, outgoing, permit, answer);
    exchange.begin();
    return exchange;
  }

  private UpstreamFailure open() {
    site.refused(Kind.UNAVAILABLE, null);
    long millis = site.breaker().retryAfter(site.now()).toMillis();
    return new UpstreamFailure(
        Kind.UNAVAILABLE,
        site.sentence("failed too often and is left alone for a while"),
        (int) Math.max(1, (millis + 999) / 1000));
  }

  Site site() {
    return site;
  }

  HttpClient http() {
    return http;
  }

  HttpClient upgrading() {
    return upgrading;
  }

  Gate gate() {
    return gate;
  }

  Deadlines deadlines() {
    return deadlines;
  }

  long headTicks() {
    return headTicks;
  }

  long idleTicks() {
    return idleTicks;
  }

  long expectTicks() {
    return expectTicks;
  }

  /** Tells whether nothing is in progress; exact on its own event loop only. */
  boolean idle() {
    return gate.inside() == 0 && gate.waiting() == 0 && deadlines.size() == 0;
  }

  Future<Void> close() {
    return Future.all(http.close(), upgrading.close()).mapEmpty();
  }
}
