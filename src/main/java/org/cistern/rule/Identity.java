package org.cistern.rule;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.cistern.rule.IdentitySources.Evidence;

/**
 * Turns what a request says of its user into a hash: HMAC-SHA256 with the secret of the cluster
 * over kind, name and value of each source that counts, each behind its length. Without the secret
 * nobody can tell whose entry it is, nor try out whose it might be.
 *
 * <p>The sources are read in the rule's order. {@code Authorization} and {@code X-API-Key}, cookies
 * and parameters are credentials: who has one is its user, so the whole value counts. Where a
 * request has several of those listed they count together, for only the origin knows which it
 * believes. A verified claim, a client certificate, or any other header that a trusted proxy set
 * says who the user is, and ends the search. Unverified, a header makes the request nobody's, for
 * the origin may believe it; a claim counts for nothing, for its token can still be a credential.
 */
public final class Identity {

  private static final String ALGORITHM = "HmacSHA256";

  private final ThreadLocal<Mac> macs;
  private final TokenVerifier tokens;

  /**
   * Makes the hashing of one cluster.
   *
   * @param secret the same on all nodes; not empty
   * @param tokens verifies bearer tokens for rules that use claims
   */
  public Identity(byte[] secret, TokenVerifier tokens) {
    SecretKeySpec key = new SecretKeySpec(secret, ALGORITHM);
    this.macs = ThreadLocal.withInitial(() -> mac(key));
    this.tokens = tokens;
  }

  private static Mac mac(SecretKeySpec key) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  /** Returns whose request it is under this rule; for a rule that is not per user, nobody's. */
  public IdentityResult of(Rule rule, Credentials credentials) {
    if (!rule.key().perUser()) {
      return IdentityResult.ABSENT;
    }
    Evidence evidence = new IdentitySources(credentials, tokens).read(rule.key().identity());
    return evidence.names()
        ? new IdentityResult(
            hash(evidence.text()), evidence.expires(), evidence.basis(), evidence.named())
        : IdentityResult.nobody(evidence.basis());
  }

  /** Tells whether the source counts only where a trusted proxy has set it. */
  public static boolean needsTrustedProxy(Rule.IdentitySource source) {
    return IdentitySources.needsTrustedProxy(source);
  }

  private String hash(String text) {
    return KeyText.text(macs.get().doFinal(text.getBytes(StandardCharsets.UTF_8)));
  }
}
