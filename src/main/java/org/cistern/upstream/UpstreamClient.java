package org.cistern.upstream;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.cistern.upstream.breaker.CircuitBreaker;
import org.cistern.upstream.endpoint.Endpoint;
import org.cistern.upstream.endpoint.HealthCheck;
import org.cistern.upstream.endpoint.InstanceHealth;
import org.cistern.upstream.endpoint.Resolver;
import org.cistern.upstream.exchange.Loop;
import org.cistern.upstream.exchange.Share;
import org.cistern.upstream.exchange.Site;
import org.cistern.upstream.exchange.UpstreamEvents;
import org.cistern.upstream.message.Incoming;
import org.cistern.upstream.message.Outgoing;
import org.cistern.upstream.message.Pending;
import org.cistern.upstream.message.UpstreamFailure;
import org.cistern.upstream.options.Instance;
import org.cistern.upstream.options.Upstream;
import org.cistern.upstream.options.UpstreamOptions;
import org.cistern.upstream.wire.Clients;
import org.jspecify.annotations.Nullable;

/**
 * The client of one upstream. A request stays on the event loop that sends it: each loop has
 * connections of its own, and only health, breaker and addresses are shared.
 */
public final class UpstreamClient {

  /** More than one check per address is never under way. */
  private static final int CHECKS = 2;

  private final Upstream upstream;
  private final VertxInternal vertx;
  private final Site site;
  private final Clients clients;
  private final int loopCount;
  private final Resolver resolver;
  private final @Nullable HealthCheck check;
  private final Map<EventLoop, Loop> loops = new ConcurrentHashMap<>();
  private final AtomicInteger made = new AtomicInteger();

  /** Makes a client that connects when it is first asked; {@link #start()} begins the rest. */
  public UpstreamClient(
      Vertx vertx, Upstream upstream, InstantSource clock, UpstreamEvents events) {
    this.upstream = upstream;
    this.vertx = (VertxInternal) vertx;
    this.site = new Site(upstream, clock, events);
    this.clients = new Clients(vertx, upstream);
    this.loopCount = count(this.vertx);
    ContextInternal home = this.vertx.createEventLoopContext();
    this.resolver = new Resolver(this.vertx, home.nettyEventLoop(), site.endpoints());
    this.check = check(home);
  }

  private @Nullable HealthCheck check(ContextInternal home) {
    UpstreamOptions.ActiveCheck wanted = upstream.options().check();
    return wanted == null
        ? null
        : new HealthCheck(wanted, home, site.endpoints(), clients.upgrading(CHECKS));
  }

  private static int count(VertxInternal vertx) {
    int count = 0;
    for (EventExecutor ignored : vertx.getEventLoopGroup()) {
      count++;
    }
    return Math.max(1, count);
  }

  /** Begins to look up names and to check instances. */
  public void start() {
    resolver.start(upstream.instances(), upstream.options().resolve());
    if (check != null) {
      check.start();
    }
  }

  /** Returns what this client asks. */
  public Upstream upstream() {
    return upstream;
  }

  /** Returns the state of the circuit breaker. */
  public CircuitBreaker.Phase breaker() {
    return site.breaker().phase();
  }

  /** Returns each address that is asked, with its health, in no particular order. */
  public List<Condition> conditions() {
    List<Condition> conditions = new ArrayList<>();
    for (Endpoint endpoint : site.endpoints().all()) {
      conditions.add(
          new Condition(
              endpoint.instance(),
              endpoint.address(),
              endpoint.health().phase(),
              endpoint.outstanding()));
    }
    return conditions;
  }

  /**
   * How one address of an instance fares.
   *
   * @param instance the instance
   * @param address its address, or its name while it is not resolved
   * @param phase its health
   * @param outstanding how many requests are in progress there
   */
  public record Condition(
      Instance instance, String address, InstanceHealth.Phase phase, int outstanding) {}

  /**
   * Sends a request; on an event loop. The answer comes on the same one, exactly once and possibly
   * before this returns: a response whose head is here, or an {@link UpstreamFailure}.
   */
  public Pending send(Outgoing outgoing, Handler<AsyncResult<Incoming>> answer) {
    ContextInternal context = vertx.getOrCreateContext();
    return loop(context).send(context, outgoing, answer);
  }

  private Loop loop(ContextInternal context) {
    EventLoop key = context.nettyEventLoop();
    Loop known = loops.get(key);
    return known != null
        ? known
        : loops.computeIfAbsent(key, loop -> new Loop(site, clients, loop, nextShare()));
  }

  private Share nextShare() {
    return new Share(made.getAndIncrement(), loopCount);
  }

  /** Tells whether no event loop has a request in progress or waiting. */
  public boolean idle() {
    return loops.values().stream().allMatch(Loop::idle);
  }

  /** Closes every connection; requests under way fail. */
  public Future<Void> close() {
    resolver.stop();
    List<Future<Void>> closing = new ArrayList<>();
    loops.values().forEach(loop -> closing.add(loop.close()));
    if (check != null) {
      closing.add(check.stop());
    }
    return Future.join(closing).mapEmpty();
  }
}
