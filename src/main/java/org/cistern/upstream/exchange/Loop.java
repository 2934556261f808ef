package org.cistern.upstream.exchange;

import io.netty.channel.EventLoop;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.impl.ContextInternal;
import org.cistern.loop.Deadlines;
import org.cistern.upstream.breaker.CircuitBreaker;
import org.cistern.upstream.message.Incoming;
import org.cistern.upstream.message.Outgoing;
import org.cistern.upstream.message.Pending;
import org.cistern.upstream.message.UpstreamFailure;
import org.cistern.upstream.message.UpstreamFailure.Kind;
import org.cistern.upstream.options.UpstreamOptions;
import org.cistern.upstream.wire.Clients;

/** One event loop's share of an upstream: its own connections, gate and deadlines. */
public final class Loop {

  private final Site site;
  private final Lane requests;
  private final Lane upgrades;
  private final Deadlines deadlines;
  private final long headTicks;
  private final long idleTicks;
  private final long expectTicks;

  /** Makes the share of one event loop; it connects when it is first asked. */
  public Loop(Site site, Clients clients, EventLoop loop, Share share) {
    UpstreamOptions.Limits limits = site.options().limits();
    UpstreamOptions.Timeouts timeouts = site.options().timeouts();
    this.site = site;
    int places = share.orOneOf(limits.connections());
    int upgraded = share.orOneOf(limits.upgraded());
    this.requests =
        new Lane(clients.http(places), new Gate(places, share.of(limits.waiting())), kept(loop));
    this.upgrades = new Lane(clients.upgrading(upgraded), new Gate(upgraded, 0), kept(loop));
    this.deadlines = new Deadlines(loop);
    this.headTicks = Deadlines.ticks(timeouts.head());
    this.idleTicks = Deadlines.ticks(timeouts.idle());
    this.expectTicks = Deadlines.ticks(timeouts.expect());
  }

  private Kept kept(EventLoop loop) {
    return new Kept(loop, site.options().timeouts().keepAlive());
  }

  /** Sends a request, unless the breaker is open. */
  public Pending send(
      ContextInternal context, Outgoing outgoing, Handler<AsyncResult<Incoming>> answer) {
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
        (int) Math.max(1, (millis + 999) / 1000),
        true);
  }

  Site site() {
    return site;
  }

  /** Returns what carries this kind of request. */
  Lane lane(Outgoing outgoing) {
    return outgoing.upgrade() == null ? requests : upgrades;
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
  public boolean idle() {
    return requests.idle() && upgrades.idle() && deadlines.size() == 0;
  }

  /** Closes the connections of this loop; requests under way fail. */
  public Future<Void> close() {
    return Future.join(requests.http().close(), upgrades.http().close()).mapEmpty();
  }
}
