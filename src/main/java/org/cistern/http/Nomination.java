package org.cistern.http;

/**
 * What the Connection field of a message asks a forwarder to take off (RFC 9110 section 7.6.1), and
 * what follows for a cache.
 *
 * <p>The field is the sender's, so it can be used against us: with {@code Connection: X-Tenant} the
 * origin answers as if nobody had named a tenant, while the key still holds one. The standard
 * demands that such fields do not travel on, so they do not; the message just has no part in the
 * cache any more, neither on the way out nor on the way back.
 */
public enum Nomination {
  /** Nothing but what belongs to one hop anyway. */
  HOP,
  /** A field that is there and meant for all recipients: forward without it, and never store. */
  END_TO_END,
  /**
   * Host or Content-Length, without which the message would go elsewhere or end elsewhere: a
   * request is answered with 400.
   */
  FRAMING;

  /** Tells whether a request of this kind may be answered from the cache, a response stored. */
  public boolean mayUseCache() {
    return this == HOP;
  }

  /** Tells whether the message is to be refused as a whole. */
  public boolean refused() {
    return this == FRAMING;
  }

  /** Returns the graver of the two. */
  Nomination or(Nomination other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
