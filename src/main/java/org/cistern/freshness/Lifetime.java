package org.cistern.freshness;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import org.cistern.http.HttpDate;
import org.cistern.http.directive.ResponseDirectives;
import org.cistern.http.uri.Target;
import org.cistern.rule.Rule;
import org.jspecify.annotations.Nullable;

/**
 * How long a response is fresh, and who says so (RFC 9111 section 4.2.1).
 *
 * @param source who says so
 * @param millis how long, never negative
 */
record Lifetime(Source source, long millis) {

  /** Who says how long a response is fresh. */
  enum Source {
    S_MAXAGE,
    MAX_AGE,
    EXPIRES,
    RULE,
    HEURISTIC,
    NONE;

    /** Tells whether the origin itself gave the lifetime. */
    boolean isOrigin() {
      return this == S_MAXAGE || this == MAX_AGE || this == EXPIRES;
    }
  }

  private static final Lifetime UNKNOWN = new Lifetime(Source.NONE, 0);
  private static final long HEURISTIC_LIMIT = Duration.ofDays(1).toMillis();

  /**
   * Returns the lifetime of a response under a rule. Where the rule gives it, it is shortened by
   * the rule's jitter: by a share that follows from target and arrival, so that every tier and
   * every node finds the same.
   */
  static Lifetime of(Received response, ResponseDirectives said, Target target, Rule rule) {
    Duration ttl = ttl(rule, response.status());
    Lifetime ruled =
        ttl == null ? null : new Lifetime(Source.RULE, jittered(ttl, rule, target, response));
    if (ruled != null && rule.beatsOrigin()) {
      return ruled;
    }
    Lifetime explicit = explicit(response, said);
    if (explicit != null) {
      return explicit;
    }
    return ruled != null ? ruled : heuristic(response, said);
  }

  /** What the origin says: s-maxage, else max-age, else Expires less Date. */
  private static @Nullable Lifetime explicit(Received response, ResponseDirectives said) {
    if (said.sMaxage().isPresent()) {
      return new Lifetime(Source.S_MAXAGE, millis(said.sMaxage()));
    }
    if (said.maxAge().isPresent()) {
      return new Lifetime(Source.MAX_AGE, millis(said.maxAge()));
    }
    boolean expires = !said.source().targeted() && response.headers().has("Expires");
    return expires ? new Lifetime(Source.EXPIRES, expiresLessDate(response)) : null;
  }

  /** An invalid date is one in the past (RFC 9111 section 5.3). */
  private static long expiresLessDate(Received response) {
    Instant expires = HttpDate.parse(response.headers().first("Expires"), response.responseTime());
    if (expires == null) {
      return 0;
    }
    long seconds = expires.getEpochSecond() - Age.dateValue(response).getEpochSecond();
    return Math.max(0, seconds) * 1000;
  }

  /** A tenth of the time since the last change, at most a day (RFC 9111 section 4.2.2). */
  private static Lifetime heuristic(Received response, ResponseDirectives said) {
    boolean allowed = Statuses.heuristicallyCacheable(response.status()) || said.isPublic();
    Instant changed =
        HttpDate.parse(response.headers().first("Last-Modified"), response.responseTime());
    if (!allowed || changed == null) {
      return UNKNOWN;
    }
    long quiet = Duration.between(changed, Age.dateValue(response)).toMillis();
    return new Lifetime(Source.HEURISTIC, Math.min(HEURISTIC_LIMIT, Math.max(0, quiet) / 10));
  }

  /**
   * Returns the rule's lifetime for a status. It is not given to a status that no cache may take
   * for fresh by itself, unless the rule lists it or gives errors a lifetime of their own.
   */
  private static @Nullable Duration ttl(Rule rule, int status) {
    boolean listed = rule.keep().statusCodes().contains(status);
    Duration negative = Statuses.isError(status) ? rule.life().negativeTtl() : null;
    if (negative != null && (listed || !Statuses.personal(status))) {
      return negative;
    }
    return listed || Statuses.heuristicallyCacheable(status) ? rule.life().ttl() : null;
  }

  private static long jittered(Duration ttl, Rule rule, Target target, Received response) {
    double shortened = 1 - rule.life().jitter() * share(target, response.responseTime());
    return (long) (Math.max(0, ttl.toMillis()) * shortened);
  }

  /** Returns a number from 0 to 1 that looks random and is the same wherever it is asked for. */
  private static double share(Target target, Instant arrival) {
    long mixed = (target.uri().hashCode() ^ arrival.toEpochMilli()) * 0x9E3779B97F4A7C15L;
    return (mixed >>> 11) * 0x1.0p-53;
  }

  private static long millis(OptionalLong seconds) {
    return seconds.orElse(0) * 1000;
  }
}
