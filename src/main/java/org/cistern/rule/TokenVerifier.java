package org.cistern.rule;

import org.jspecify.annotations.Nullable;

/** Decides whether a bearer token is what it says: signature, issuer, audience and expiry. */
@FunctionalInterface
public interface TokenVerifier {

  /** A verifier that trusts no token, for where none is configured. */
  TokenVerifier NONE = token -> null;

  /** Returns what the token says, or null where it is not to be trusted; never waits. */
  @Nullable VerifiedToken verify(String token);
}
