package org.cistern.freshness;

/** Why a request went to the upstream, in the words of RFC 9211 section 2.2. */
public enum Forward {
  /** The cache was told not to handle it. */
  BYPASS("bypass"),
  /** The method requires it. */
  METHOD("method"),
  /** Nothing is stored for the URI. */
  URI_MISS("uri-miss"),
  /** What is stored does not match what {@code Vary} names. */
  VARY_MISS("vary-miss"),
  /** Nothing suitable is stored; whether for the URI or the variant is not known. */
  MISS("miss"),
  /** A fresh answer is stored, the request's directives did not allow it. */
  REQUEST("request"),
  /** What is stored has not all of the bytes that are asked for. */
  PARTIAL("partial"),
  /** What is stored is stale. */
  STALE("stale");

  private final String token;

  Forward(String token) {
    this.token = token;
  }

  /** Returns the token that stands in {@code Cache-Status}. */
  public String token() {
    return token;
  }
}
