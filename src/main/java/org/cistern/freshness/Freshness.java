package org.cistern.freshness;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.OptionalLong;
import org.cistern.http.directive.RequestDirectives;
import org.cistern.rule.Rule;
import org.cistern.rule.Strategy;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a stored answer satisfies a request (RFC 9111 section 4): one ladder of guards
 * from the request down to the age of what is stored.
 */
public final class Freshness {

  private Freshness() {}

  /**
   * Judges a request. A fresh answer to a request without directives costs a few comparisons and
   * allocates nothing.
   *
   * @param asked the request, its rule and its user
   * @param stored what was found for it, worked out under the same rule, or null
   * @param standing what the purge log says of it; of no account where nothing was found
   */
  public static Verdict judge(Asked asked, @Nullable Facts stored, Standing standing, Instant now) {
    Reason outside = outside(asked);
    if (outside != null) {
      return fetch(asked, outside);
    }
    if (stored == null) {
      return fetch(asked, Reason.COLD);
    }
    if (standing == Standing.GONE) {
      return fetch(asked, Reason.PURGED);
    }
    if (!ownerMatches(asked, stored)) {
      return fetch(asked, Reason.OWNER);
    }
    long millis = now.toEpochMilli();
    boolean plain = asked.directives().isNone() && standing == Standing.GOOD;
    return plain && millis < stored.quietUntil()
        ? Verdict.Serve.FRESH
        : weigh(asked, stored, standing, millis);
  }

  /** Why the store has no say at all. */
  private static @Nullable Reason outside(Asked asked) {
    Rule rule = asked.rule();
    if (rule == null) {
      return Reason.RULE_NONE;
    }
    if (!asked.isRead()) {
      return Reason.METHOD;
    }
    return rule.keep().store() ? null : Reason.RULE_PASSES;
  }

  /** No rule's change and no collision of keys may show an answer to another than its owner. */
  public static boolean ownerMatches(Asked asked, Facts stored) {
    String owner = stored.answer().owner();
    return stored.perUser() ? owner != null && owner.equals(asked.owner()) : Objects.isNull(owner);
  }

  private static Verdict weigh(Asked asked, Facts stored, Standing standing, long now) {
    Reason objection = objection(asked, stored, standing, now);
    if (objection != null) {
      return ask(asked, stored, objection);
    }
    if (stored.isFresh(now)) {
      return now < stored.quietUntil() ? Verdict.Serve.FRESH : Verdict.Serve.AHEAD;
    }
    if (stored.isStrict()) {
      return ask(asked, stored, Reason.MUST_REVALIDATE);
    }
    if (acceptsStale(asked.directives(), stored, now)) {
      return new Verdict.ServeStale(Reason.MAX_STALE, false);
    }
    return mayRefreshBehind(asked, stored, now)
        ? new Verdict.ServeStale(Reason.STALE_WHILE_REVALIDATE, true)
        : ask(asked, stored, Reason.EXPIRED);
  }

  /** A client that gives an age without max-stale wants nothing stale (section 5.2.1.1). */
  private static boolean mayRefreshBehind(Asked asked, Facts stored, long now) {
    boolean wanted = asked.directives().maxAge().isEmpty() || isAggressive(asked);
    return wanted && stored.withinStaleWhileRevalidate(now);
  }

  /** Why the answer may not be used without validation, fresh or not. */
  private static @Nullable Reason objection(
      Asked asked, Facts stored, Standing standing, long now) {
    Reason client = isAggressive(asked) ? null : clientObjects(asked.directives(), stored, now);
    if (client != null) {
      return client;
    }
    if (standing == Standing.STALE) {
      return Reason.SOFT_PURGED;
    }
    return stored.alwaysValidate() ? Reason.NO_CACHE_RESPONSE : null;
  }

  /**
   * Returns how old an answer may be that is given to a request with others, or null for any age:
   * none at all where the client wants its own validation (section 5.2.1.4).
   */
  public static @Nullable Duration wantedAge(Asked asked) {
    RequestDirectives wish = asked.directives();
    if (wish.isNone() || isAggressive(asked)) {
      return null;
    }
    OptionalLong maxAge = wish.noCache() ? OptionalLong.of(0) : wish.maxAge();
    return maxAge.isPresent() ? Duration.ofSeconds(maxAge.getAsLong()) : null;
  }

  private static boolean isAggressive(Asked asked) {
    Rule rule = asked.rule();
    return rule != null && rule.keep().strategy() == Strategy.AGGRESSIVE;
  }

  private static @Nullable Reason clientObjects(
      RequestDirectives directives, Facts stored, long now) {
    if (directives.noCache()) {
      return Reason.NO_CACHE_REQUEST;
    }
    if (isTooOld(directives.maxAge(), stored, now)) {
      return Reason.MAX_AGE_REQUEST;
    }
    return isTooNearItsEnd(directives.minFresh(), stored, now) ? Reason.MIN_FRESH : null;
  }

  private static boolean isTooOld(OptionalLong maxAge, Facts stored, long now) {
    if (maxAge.isEmpty()) {
      return false;
    }
    long limit = maxAge.getAsLong() * 1000;
    return limit == 0 || stored.currentAge(now) > limit;
  }

  private static boolean isTooNearItsEnd(OptionalLong minFresh, Facts stored, long now) {
    return minFresh.isPresent() && stored.remaining(now) < minFresh.getAsLong() * 1000;
  }

  private static boolean acceptsStale(RequestDirectives directives, Facts stored, long now) {
    OptionalLong limit = directives.maxStale();
    return limit.isPresent() && -stored.remaining(now) <= limit.getAsLong() * 1000;
  }

  /**
   * A HEAD goes up as it is: its answer says by itself whether the stored one still holds. For what
   * is read by its body there are no conditions.
   */
  private static Verdict ask(Asked asked, Facts stored, Reason reason) {
    if (asked.directives().onlyIfCached()) {
      return new Verdict.Refuse(Reason.ONLY_IF_CACHED);
    }
    return stored.hasValidator() && asked.isGet()
        ? new Verdict.Revalidate(reason)
        : new Verdict.Fetch(reason);
  }

  private static Verdict fetch(Asked asked, Reason reason) {
    boolean refused = asked.directives().onlyIfCached() && asked.isRead();
    return refused ? new Verdict.Refuse(Reason.ONLY_IF_CACHED) : new Verdict.Fetch(reason);
  }
}
