package org.cistern.rule.load;

import java.util.Set;
import org.cistern.rule.KeyStrategy;
import org.cistern.rule.Rule;
import org.cistern.rule.SetCookie;
import org.cistern.rule.Strategy;
import org.cistern.rule.WritePolicy;
import org.cistern.rule.match.PathPattern;

/**
 * What the fields of one rule make of each other. A combination that contradicts itself or could
 * show an answer to the wrong client is refused; a field that merely has no effect is warned about.
 */
final class Combinations {

  private static final Set<KeyStrategy> WITHOUT_QUERY =
      Set.of(KeyStrategy.PATH, KeyStrategy.PATH_HEADERS);
  private static final Set<KeyStrategy> OF_HEADERS =
      Set.of(KeyStrategy.PATH_HEADERS, KeyStrategy.PATH_PARAMS_HEADERS);
  private static final Set<String> WITHOUT_BODY = Set.of("GET", "HEAD");

  private final GroupReader in;
  private final Rule rule;

  Combinations(GroupReader in, Rule rule) {
    this.in = in;
    this.rule = rule;
  }

  void check() {
    checkCustom();
    checkUsers();
    checkTimes();
    checkSizes();
    warnOfKey();
    warnOfLife();
    warnOfKeep();
  }

  private void checkCustom() {
    boolean custom = rule.key().strategy() == KeyStrategy.CUSTOM;
    if (custom && rule.key().parts().isEmpty() && !unreadable(Vocabulary.KEY_PARTS)) {
      in.error(Vocabulary.KEY_PARTS, "is needed with key_strategy 'custom', as in [path, user]");
    }
    if (!custom && in.has(Vocabulary.KEY_PARTS)) {
      in.error(Vocabulary.KEY_PARTS, "has no effect; it needs key_strategy 'custom'");
    }
    if (!custom && rule.key().body()) {
      in.error(Vocabulary.BODY, "has no effect; it needs key_strategy 'custom'");
    }
  }

  /** A list whose items were all refused is not empty by intention. */
  private boolean unreadable(Vocabulary field) {
    return in.raw(field) instanceof Value.Sequence all && !all.items().isEmpty();
  }

  private void checkUsers() {
    if (rule.key().perUser() && rule.keep().sharedDespiteAuthorization()) {
      in.error(
          Vocabulary.SHARED_DESPITE_AUTHORIZATION,
          "contradicts a rule that keeps an entry per user; leave one of both out");
    }
    if (!rule.key().perUser() && in.has(Vocabulary.IDENTITY)) {
      in.warning(
          Vocabulary.IDENTITY,
          "tells no users apart, for the rule keeps no entries per user (user_specific); answers to"
              + " requests with one of these are only kept where the origin lets users share them");
    }
    if (!rule.key().perUser()
        && rule.keep().setCookie() == SetCookie.STORE
        && !rule.keep().sharedDespiteAuthorization()) {
      in.warning(
          Vocabulary.SET_COOKIE,
          "'store' on a shared rule: everybody gets the cookie that the first client was given,"
              + " and with it perhaps that client's session. Write 'strip', or user_specific: true,"
              + " or say that it is meant with shared_despite_authorization: true");
    }
  }

  private void checkTimes() {
    if (rule.beatsOrigin() && rule.life().ttl() == null && !in.has(Vocabulary.CACHE_TTL)) {
      boolean aggressive = rule.keep().strategy() == Strategy.AGGRESSIVE;
      in.error(
          aggressive ? Vocabulary.STRATEGY : Vocabulary.OVERRIDE_ORIGIN,
          aggressive
              ? "'aggressive' needs a cache_ttl to put above the origin's freshness"
              : "needs a cache_ttl to put above the origin's freshness");
    }
  }

  private void checkSizes() {
    Rule.Keep keep = rule.keep();
    if (keep.minSize() > keep.maxSize()) {
      in.error(
          Vocabulary.MIN_SIZE,
          "is above max_size (" + keep.maxSize() + " bytes); nothing would be kept");
    }
    Long quota = keep.quotaBytes();
    if (quota != null && quota < keep.maxSize()) {
      in.warning(
          Vocabulary.QUOTA_BYTES,
          "is below max_size (" + keep.maxSize() + " bytes); one answer may not fit");
    }
    if (keep.writePolicy() == WritePolicy.BACK && keep.strategy() == Strategy.REDIS) {
      in.error(
          Vocabulary.WRITE_POLICY,
          "'back' needs memory to write back from; strategy 'redis' has none");
    }
  }

  private void warnOfKey() {
    if (WITHOUT_QUERY.contains(rule.key().strategy()) && in.has(Vocabulary.QUERY)) {
      in.warning(Vocabulary.QUERY, "has no effect; this key_strategy leaves the query out");
    }
    if (OF_HEADERS.contains(rule.key().strategy()) && rule.key().varyHeaders().isEmpty()) {
      in.warning(Vocabulary.KEY_STRATEGY, "names headers, but vary_on lists none");
    }
    boolean pathless =
        rule.key().strategy() == KeyStrategy.CUSTOM && !rule.key().parts().contains("path");
    if (pathless && !PathPattern.of(rule.when().path()).exact()) {
      in.warning(
          Vocabulary.KEY_PARTS, "has no 'path'; all paths of the pattern share their answers");
    }
    for (String method : rule.when().methods()) {
      warnOfMethod(method);
    }
  }

  private void warnOfMethod(String method) {
    if (rule.keep().store() && !WITHOUT_BODY.contains(method) && !rule.readsByBody(method)) {
      in.warning(
          Vocabulary.METHODS,
          "has '"
              + method
              + "', whose answers are not kept; those to POST and QUERY are, with key_strategy"
              + " 'custom' and body: true");
    }
  }

  private void warnOfLife() {
    if (in.has(Vocabulary.JITTER) && rule.life().ttl() == null) {
      in.warning(Vocabulary.JITTER, "has no effect; it shortens cache_ttl, and there is none");
    }
    boolean onlyGood = rule.keep().statusCodes().stream().allMatch(code -> code < 400);
    if (rule.life().negativeTtl() != null && onlyGood && !rule.keep().statusCodes().isEmpty()) {
      in.warning(Vocabulary.NEGATIVE_TTL, "has no effect; status_codes lists none of 400 or above");
    }
    if (in.has(Vocabulary.PRIORITY) && in.place().line() > 0) {
      in.warning(Vocabulary.PRIORITY, "has no effect in a file; there the order decides");
    }
    Rule.Warmup warmup = rule.warmup();
    if (warmup != null) {
      PathPattern pattern = PathPattern.of(rule.when().path());
      warmup.urls().stream()
          .filter(url -> !pattern.matches(url.replaceFirst("\\?.*", "")))
          .forEach(
              url -> in.warning(Vocabulary.WARMUP, "asks for " + url + ", outside the pattern"));
    }
  }

  private void warnOfKeep() {
    boolean single = rule.keep().strategy() == Strategy.MEMORY;
    if (in.has(Vocabulary.WRITE_POLICY) && single) {
      in.warning(Vocabulary.WRITE_POLICY, "has no effect; strategy 'memory' has no lower tier");
    }
    if (!rule.keep().store()) {
      warnOfNone(Vocabulary.CACHE_TTL);
      warnOfNone(Vocabulary.USER_SPECIFIC);
      warnOfNone(Vocabulary.WARMUP);
      warnOfNone(Vocabulary.TAGS);
    }
  }

  private void warnOfNone(Vocabulary field) {
    if (in.has(field)) {
      in.warning(field, "has no effect; strategy 'none' keeps nothing");
    }
  }
}
