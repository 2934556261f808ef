package org.cistern.monitor;

/** The name of every meter; Prometheus sees dots as underscores and {@code _total} on counters. */
public final class MeterNames {

  /** Requests that are over, by rule, outcome, tier and reason; misses by reason are the misses. */
  public static final String REQUESTS = "cistern.requests";

  /** Answers of upstreams that were not stored, by rule and reason. */
  public static final String UNSTORED = "cistern.unstored";

  /** How long requests took, in buckets by outcome and tier. */
  public static final String REQUEST_TIME = "cistern.request.duration";

  /** How long requests took, as count and sum by rule, outcome and tier. */
  public static final String RULE_TIME = "cistern.rule.duration";

  /** Look-ups of a tier, by tier and result (hit, or why not). */
  public static final String TIER_LOOKUPS = "cistern.tier.lookups";

  /** Writes of a tier, by tier and result. */
  public static final String TIER_WRITES = "cistern.tier.writes";

  /** Answers that a tier has made durable. */
  public static final String TIER_COMMITTED = "cistern.tier.committed";

  /** Answers that a tier dropped at once, and damage it found. */
  public static final String TIER_LOSSES = "cistern.tier.losses";

  /** Answers in a tier. */
  public static final String TIER_ENTRIES = "cistern.tier.entries";

  /** Bytes in a tier. */
  public static final String TIER_BYTES = "cistern.tier.bytes";

  /** Answers that left a tier because of a bound. */
  public static final String TIER_EVICTIONS = "cistern.tier.evictions";

  /** What happened on flights, by event. */
  public static final String FLIGHTS = "cistern.flights";

  /** Requests to upstreams, by upstream and result: the class of the status, or how they failed. */
  public static final String UPSTREAM_REQUESTS = "cistern.upstream.requests";

  /** Requests that were tried again, by upstream and how the try before had failed. */
  public static final String UPSTREAM_RETRIES = "cistern.upstream.retries";

  /** Instances that went to another state of health, by upstream, instance and that state. */
  public static final String UPSTREAM_HEALTH = "cistern.upstream.health.changes";

  /** Circuit breakers that went to another state, by upstream and that state. */
  public static final String UPSTREAM_BREAKER = "cistern.upstream.breaker.changes";

  /** How long upstreams took until the response head. */
  public static final String UPSTREAM_TIME = "cistern.upstream.duration";

  /** Client connections open now. */
  public static final String CONNECTIONS = "cistern.connections";

  /** Client connections closed because there were too many. */
  public static final String CONNECTIONS_REFUSED = "cistern.connections.refused";

  /** Requests under way. */
  public static final String UNDER_WAY = "cistern.requests.active";

  /** Coded forms of bodies that were made for clients. */
  public static final String CODINGS = "cistern.codings";

  /** Barriers of the purge log in force. */
  public static final String BARRIERS = "cistern.purge.targets";

  /** Writes whose clients were answered before their purge was written down. */
  public static final String PURGES_UNCONFIRMED = "cistern.purge.unconfirmed";

  private MeterNames() {}

  /** Returns a name as Prometheus has it, without the suffix of its kind. */
  static String prometheus(String name) {
    return name.replace('.', '_');
  }
}
