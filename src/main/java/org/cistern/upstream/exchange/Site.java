package org.cistern.upstream.exchange;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.cistern.upstream.breaker.CircuitBreaker;
import org.cistern.upstream.endpoint.Endpoint;
import org.cistern.upstream.endpoint.Endpoints;
import org.cistern.upstream.endpoint.HealthLog;
import org.cistern.upstream.endpoint.InstanceHealth;
import org.cistern.upstream.message.UpstreamFailure.Kind;
import org.cistern.upstream.options.Instance;
import org.cistern.upstream.options.Upstream;
import org.cistern.upstream.options.UpstreamOptions;
import org.jspecify.annotations.Nullable;

/** What all event loops share of one upstream: its endpoints, its breaker, who listens. */
public final class Site {

  private final Upstream upstream;
  private final InstantSource clock;
  private final UpstreamEvents events;
  private final Endpoints endpoints;
  private final CircuitBreaker breaker;

  /** Begins with every instance healthy and the breaker closed. */
  public Site(Upstream upstream, InstantSource clock, UpstreamEvents events) {
    this.upstream = upstream;
    this.clock = clock;
    this.events = events;
    this.endpoints = new Endpoints(upstream.instances(), this::health);
    this.breaker =
        new CircuitBreaker(options().breaker(), phase -> events.breaker(upstream.name(), phase));
  }

  private InstanceHealth health(Instance instance, String address) {
    HealthLog log = new HealthLog(upstream.name(), instance, address);
    return new InstanceHealth(
        options().ejection(),
        log.andThen(phase -> events.health(upstream.name(), instance, phase)));
  }

  UpstreamOptions options() {
    return upstream.options();
  }

  /** Returns the addresses that answer for it. */
  public Endpoints endpoints() {
    return endpoints;
  }

  /** Returns its breaker. */
  public CircuitBreaker breaker() {
    return breaker;
  }

  Instant now() {
    return clock.instant();
  }

  /** Returns a sentence about the upstream. */
  String sentence(String what) {
    return "The upstream \"" + upstream.name() + "\" " + what + ".";
  }

  /** Returns a sentence about one of its instances. */
  String sentence(Endpoint endpoint, String what) {
    return "The upstream \"" + upstream.name() + "\" at " + endpoint.instance() + " " + what + ".";
  }

  @Nullable Endpoint choose(List<Endpoint> tried) {
    return endpoints.choose(tried, clock);
  }

  /** A request is written; returns the moment. */
  Instant sent(Endpoint endpoint) {
    events.sent(upstream.name(), endpoint.instance());
    return clock.instant();
  }

  /** A response's head came. */
  void answered(Attempt attempt, int status, CircuitBreaker.Permit permit, Instant now) {
    InstanceHealth health = attempt.endpoint().health();
    if (options().ejection().statuses().contains(status)) {
      health.failed(now);
      permit.failed(now);
    } else {
      health.succeeded();
      permit.succeeded(now);
    }
    // The clock may have been set back meanwhile.
    long nanos = Math.max(0, Duration.between(attempt.sentAt(), now).toNanos());
    events.headReceived(upstream.name(), attempt.endpoint().instance(), status, nanos);
  }

  /** An attempt failed, and another one follows. */
  void retried(Attempt attempt, Kind after) {
    blame(attempt, after, now());
    events.retried(upstream.name(), after);
  }

  /** An attempt failed, and so the request. */
  void failed(Attempt attempt, Kind kind, CircuitBreaker.Permit permit) {
    Instant now = now();
    blame(attempt, kind, now);
    if (kind.isAskers()) {
      permit.abandoned();
    } else {
      permit.failed(now);
    }
    events.failed(upstream.name(), kind);
  }

  private static void blame(Attempt attempt, Kind kind, Instant now) {
    InstanceHealth health = attempt.endpoint().health();
    if (kind.isAskers() || (kind == Kind.DISCONNECT && attempt.stale())) {
      health.abandoned();
    } else {
      health.failed(now);
    }
  }

  /** A request failed without having asked anyone to the end. */
  void refused(Kind kind, CircuitBreaker.@Nullable Permit permit) {
    if (permit != null) {
      permit.abandoned();
    }
    events.failed(upstream.name(), kind);
  }

  /** A request was given up while an endpoint had it. */
  void dropped(Endpoint endpoint) {
    endpoint.health().abandoned();
  }

  /** A response broke off after its head. */
  void cut(Kind kind) {
    events.failed(upstream.name(), kind);
  }
}
