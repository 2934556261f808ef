package org.cistern.freshness;

import org.jspecify.annotations.Nullable;

/**
 * Why the gateway did what it did: the one vocabulary of {@code Cache-Status}, log, metric and
 * alert.
 */
public enum Reason {
  // why a stored answer was used

  /** It is fresh. */
  FRESH("fresh"),
  /** It is fresh, and old enough for a hot key to be refreshed in the background. */
  REFRESH_AHEAD("refresh-ahead"),
  /** It is stale, within the window in which it may be used while it is refreshed. */
  STALE_WHILE_REVALIDATE("stale-while-revalidate"),
  /** It is stale, and the origin answers with an error. */
  STALE_IF_ERROR("stale-if-error", Forward.STALE),
  /** It is stale, and the origin cannot be reached. */
  DISCONNECTED("disconnected", Forward.STALE),
  /** It is stale, and the client said that it accepts it. */
  MAX_STALE("max-stale"),

  // why the upstream was asked

  /** Nothing is stored under the key. */
  COLD("cold", Forward.URI_MISS),
  /** What is stored under the key was selected by other request fields. */
  VARIANT("variant", Forward.VARY_MISS),
  /** What is stored is past its lifetime. */
  EXPIRED("expired", Forward.STALE),
  /** It is past its lifetime, and its directives forbid any use of it then. */
  MUST_REVALIDATE("must-revalidate", Forward.STALE),
  /** It may not be used without validation. */
  NO_CACHE_RESPONSE("no-cache-response", Forward.STALE),
  /** The client wants no answer that was not validated for it. */
  NO_CACHE_REQUEST("no-cache-request", Forward.REQUEST),
  /** The client wants a younger answer. */
  MAX_AGE_REQUEST("max-age-request", Forward.REQUEST),
  /** The client wants an answer that stays fresh for longer. */
  MIN_FRESH("min-fresh", Forward.REQUEST),
  /** A part is stored, and the rest of the range is fetched. */
  REMAINDER("remainder", Forward.PARTIAL),
  /** A hard purge covers what is stored. */
  PURGED("purged", Forward.MISS),
  /** A soft purge covers what is stored. */
  SOFT_PURGED("soft-purged", Forward.STALE),
  /** What is stored belongs to another user. */
  OWNER("owner", Forward.MISS),
  /** A 304 of the origin spoke of another representation than the stored one. */
  MISMATCH("mismatch", Forward.STALE),
  /** The method is none that is answered from the store. */
  METHOD("method", Forward.METHOD),
  /** The request has a body, which its key does not speak of. */
  BODY("request-body", Forward.BYPASS),
  /** The request's body is longer than what may be in a key. */
  BODY_TOO_LARGE("body-too-large", Forward.BYPASS),
  /** No rule speaks of the request. */
  RULE_NONE("rule-none", Forward.BYPASS),
  /** The rule only passes requests through. */
  RULE_PASSES("rule-passes", Forward.BYPASS),
  /** The flight that it waited for brought an answer that cannot be shared. */
  UNCACHEABLE_FLIGHT("uncacheable-flight", Forward.MISS),

  // why there is no answer

  /** The client wants a stored answer or none, and there is none. */
  ONLY_IF_CACHED("only-if-cached"),
  /** No step of the route asked any upstream. */
  NOT_FETCHED("not-fetched"),
  /** A step of the route failed. */
  FAILED("failed"),
  /** Too many requests wait for a step of the route. */
  OVERLOAD("overload"),
  /** The body broke off on its way to the client. */
  CUT("upstream-cut"),
  /** What was sent is not a request that is answered. */
  REFUSED("refused"),

  // what became of a response

  /** It is stored. */
  STORED("stored"),
  /** The request forbids it to be stored. */
  NO_STORE_REQUEST("no-store-request"),
  /** None of the tiers that the rule names is there. */
  NO_TIER("no-tier"),
  /** The response forbids it to be stored. */
  NO_STORE_RESPONSE("no-store-response"),
  /** Connection took off what says who may have it, or its framing can be read in two ways. */
  MAIMED("ambiguous"),
  /** It is for one user alone. */
  PRIVATE("private"),
  /** Only a cache that knows its status code may store it. */
  NOT_UNDERSTOOD("must-understand"),
  /** The rule keeps answers per user, and the request has none. */
  NO_IDENTITY("no-identity"),
  /** The request names a user, the rule shares, and nothing allows to share this answer. */
  IDENTIFIED("identified"),
  /** The request has {@code Authorization}, and nothing allows to share the answer. */
  AUTHORIZATION("authorization"),
  /** The request has a cookie that the rule neither uses nor ignores. */
  UNKNOWN_COOKIE("unknown-cookie"),
  /** The response sets a cookie. */
  SET_COOKIE("set-cookie"),
  /** It varies on more than the request. */
  VARY_STAR("vary-star"),
  /** Its status is none that is kept. */
  STATUS("status"),
  /** Its media type is none that the rule keeps. */
  CONTENT_TYPE("content-type"),
  /** It is larger than the rule keeps. */
  TOO_LARGE("too-large"),
  /** It is smaller than the rule keeps. */
  TOO_SMALL("too-small"),
  /** Only the close of the connection ends it, and the rule keeps no such answer. */
  CLOSE_DELIMITED("close-delimited"),
  /** It has a part of the content alone. */
  PARTIAL_CONTENT("partial-content"),
  /** It gives no freshness and no validator, and the rule none either. */
  NO_FRESHNESS("no-freshness"),
  /** It came stale, and has nothing that it could be validated with. */
  BORN_STALE("born-stale");

  private final String label;
  private final @Nullable Forward forward;

  Reason(String label) {
    this(label, null);
  }

  Reason(String label, @Nullable Forward forward) {
    this.label = label;
    this.forward = forward;
  }

  /** Returns the name used in {@code Cache-Status}, log, metric and alert. */
  public String label() {
    return label;
  }

  /** Tells whether the request, and not the response, is why that is not stored. */
  public boolean isOfTheRequest() {
    return switch (this) {
      case NO_STORE_REQUEST, IDENTIFIED, AUTHORIZATION, UNKNOWN_COOKIE -> true;
      default -> false;
    };
  }

  /** Returns why the upstream was asked, or null where the reason is none for that. */
  public @Nullable Forward forward() {
    return forward;
  }
}
