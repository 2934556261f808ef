package org.cistern.rule;

import org.cistern.http.uri.Request;
import org.jspecify.annotations.Nullable;

/** What a request brings along to say whose it is. */
public interface Credentials {

  /** Returns the request as received. */
  Request request();

  /**
   * Returns the SHA-256 fingerprint of the client's certificate, or null. It is there only where
   * the certificate was verified: in the handshake with Cistern, or by a trusted proxy.
   */
  @Nullable String certificate();

  /** Tells whether the request came over a proxy from the list of trusted ones. */
  boolean fromTrustedProxy();
}
