package org.cistern.freshness;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import org.cistern.answer.Answer;
import org.cistern.http.directive.ResponseDirectives;
import org.cistern.rule.Rule;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a stored answer once and for all: worked out when it is stored or read from a
 * tier, and kept beside it, so that a hit compares two numbers. Immutable; all times are in
 * milliseconds since the epoch.
 */
public final class Facts {

  /**
   * How long an answer is kept past its freshness where no stale window says so: to be validated
   * then, or to stand in for an origin that cannot be reached (RFC 9111 section 4.2.4).
   */
  static final Duration GRACE = Duration.ofHours(1);

  /** About 3,000 years: far enough, and no sum overflows. */
  private static final long FAR = 1L << 46;

  private final Answer answer;
  private final Rule rule;
  private final boolean perUser;
  private final boolean alwaysValidate;
  private final boolean strict;
  private final boolean hasValidator;
  private final Lifetime lifetime;
  private final long arrival;
  private final long born;
  private final long freshUntil;
  private final long quietUntil;
  private final long staleWhileRevalidate;
  private final long staleIfError;
  private final boolean saysStaleIfError;

  private Facts(Answer answer, Rule rule) {
    ResponseDirectives said = ResponseDirectives.of(answer.headers());
    Received response = Received.of(answer);
    this.answer = answer;
    this.rule = rule;
    perUser = rule.key().perUser();
    lifetime = Lifetime.of(response, said, answer.target(), rule);
    boolean ruled = lifetime.source() == Lifetime.Source.RULE;
    alwaysValidate = said.noCache() && !(ruled && rule.beatsOrigin());
    strict = forbidsStale(said);
    hasValidator = answer.headers().has("ETag") || answer.headers().has("Last-Modified");
    arrival = answer.responseTime().toEpochMilli();
    born = arrival - Age.correctedInitialAge(response);
    freshUntil = Math.min((ruled ? arrival : born) + lifetime.millis(), keptUntil(answer));
    staleWhileRevalidate = window(said.staleWhileRevalidate(), rule.life().staleWhileRevalidate());
    staleIfError = window(said.staleIfError(), rule.life().staleIfError());
    saysStaleIfError = said.staleIfError().isPresent() || rule.life().staleIfError() != null;
    quietUntil = alwaysValidate ? Long.MIN_VALUE : Math.min(freshUntil, refreshAt());
  }

  /** Works out the facts of an answer under a rule. */
  public static Facts of(Answer answer, Rule rule) {
    return new Facts(answer, rule);
  }

  /**
   * Returns these facts where they were worked out under this very rule, else new ones. Rules are
   * compared by identity: it is asked on every hit, and another rule that is equal costs no more
   * than one computation.
   */
  @SuppressWarnings("ReferenceEquality")
  public Facts under(Rule current) {
    return rule == current ? this : new Facts(answer, current);
  }

  /** Returns the answer. */
  public Answer answer() {
    return answer;
  }

  /** Returns the current age in whole seconds, as {@code Age} says it (RFC 9111 section 5.1). */
  public long age(Instant now) {
    return currentAge(now.toEpochMilli()) / 1000;
  }

  /** Returns how long it stays fresh, in whole seconds; negative where it is stale (RFC 9211). */
  public long remaining(Instant now) {
    return Math.floorDiv(freshUntil - now.toEpochMilli(), 1000L);
  }

  /** Returns when it stops being fresh. */
  public Instant freshUntil() {
    return Instant.ofEpochMilli(freshUntil);
  }

  /** Tells whether the origin can be asked if it still holds. */
  public boolean hasValidator() {
    return hasValidator;
  }

  /** Tells whether nothing may ever allow a stale use of it (RFC 9111 section 4.2.4). */
  public boolean isStrict() {
    return strict;
  }

  /**
   * Returns when no tier need keep it any longer: at the end of freshness and of the longest stale
   * window. An answer that can be validated, or may stand in for an origin out of reach, is kept
   * for an hour more at least.
   */
  Instant keepUntil() {
    long grace = hasValidator || !strict ? GRACE.toMillis() : 0;
    long window = Math.max(grace, Math.max(staleWhileRevalidate, staleIfError));
    return Instant.ofEpochMilli(Math.min(FAR, Math.max(freshUntil, arrival) + window));
  }

  Lifetime.Source source() {
    return lifetime.source();
  }

  boolean perUser() {
    return perUser;
  }

  boolean alwaysValidate() {
    return alwaysValidate;
  }

  /** Before this, an answer that no purge covers is fresh and needs no refresh. */
  long quietUntil() {
    return quietUntil;
  }

  boolean isFresh(long now) {
    return now < freshUntil;
  }

  long currentAge(long now) {
    return Math.max(0, now - born);
  }

  /** How long it stays fresh, in milliseconds; negative: how long it has been stale. */
  long remaining(long now) {
    return freshUntil - now;
  }

  boolean withinStaleWhileRevalidate(long now) {
    return !strict && now < freshUntil + staleWhileRevalidate;
  }

  /** Somebody allowed a use in spite of an error for a time that has not run out. */
  boolean withinStaleIfError(long now, OptionalLong requested) {
    long window = Math.max(staleIfError, requested.orElse(0) * 1000);
    return !strict && !isNeverForErrors() && window > 0 && now < freshUntil + window;
  }

  /** Origin and rule say nothing of errors: it may stand in for an origin out of reach. */
  boolean mayStandInUnasked(long now) {
    return !saysStaleIfError && now < keptUntil(answer);
  }

  /** A window of 0 is a word as well: not one moment, whatever the request accepts. */
  private boolean isNeverForErrors() {
    return saysStaleIfError && staleIfError == 0;
  }

  /**
   * It has something to offer to a later request. One that came stale, but had a lifetime, can
   * still serve a client that accepts it; one that never had any is not worth its place.
   */
  boolean isWorthKeeping() {
    boolean lives = freshUntil > arrival || staleWhileRevalidate > 0 || staleIfError > 0;
    boolean lived = lifetime.millis() > 0 && !strict;
    return hasValidator || ((lives || lived) && !alwaysValidate);
  }

  private static boolean forbidsStale(ResponseDirectives said) {
    return said.mustRevalidate()
        || said.proxyRevalidate()
        || said.noCache()
        || said.sMaxage().isPresent();
  }

  private long window(OptionalLong said, @Nullable Duration ruled) {
    if (strict) {
      return 0;
    }
    long otherwise = ruled == null ? 0 : Math.min(FAR, ruled.toMillis());
    return said.isPresent() ? said.getAsLong() * 1000 : otherwise;
  }

  private long refreshAt() {
    Double share = rule.life().refreshAhead();
    return share == null
        ? Long.MAX_VALUE
        : freshUntil - Math.round((1 - share) * lifetime.millis());
  }

  private static long keptUntil(Answer answer) {
    return Math.min(FAR, Math.min(FAR / 1000, answer.expires().getEpochSecond()) * 1000);
  }
}
