package org.cistern.rule;

import java.time.Instant;
import java.util.Set;
import org.cistern.rule.Rule.IdentitySource;
import org.jspecify.annotations.Nullable;

/**
 * Whose request it is, as far as that is known.
 *
 * @param hash the user's hash, or null where nobody is known
 * @param expires when the token that says so ends, or null: no entry of the user outlives it
 * @param basis why there is a hash, or why not
 * @param named the sources whose values are in the hash; whatever else the request brings may name
 *     another user to the origin
 */
public record IdentityResult(
    @Nullable String hash, @Nullable Instant expires, Basis basis, Set<IdentitySource> named) {

  static final IdentityResult ABSENT = nobody(Basis.ABSENT);

  public IdentityResult {
    named = Set.copyOf(named);
  }

  static IdentityResult nobody(Basis why) {
    return new IdentityResult(null, null, why, Set.of());
  }

  /** Why a user is known or not. */
  public enum Basis {
    /** The request has a credential of its own, which stands for itself. */
    CREDENTIAL,
    /** A token or certificate was verified, or a trusted proxy vouches for a header. */
    VERIFIED,
    /** There is nothing that the rule would take. */
    ABSENT,
    /** There is a claim or a header, but nobody who vouches for it. */
    UNVERIFIED
  }
}
