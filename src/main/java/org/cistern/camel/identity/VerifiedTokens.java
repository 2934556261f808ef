package org.cistern.camel.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.cistern.rule.TokenVerifier;
import org.cistern.rule.VerifiedToken;
import org.jspecify.annotations.Nullable;

/**
 * Believes bearer tokens that the keys in force verify. A token is verified once and remembered
 * until it ends or the keys change; without keys no token is believed. Never waits: a token of a
 * key that is not known yet is not believed, and the keys are asked for again behind it.
 */
public final class VerifiedTokens implements TokenVerifier {

  /** Longer ones do not fit into any sensible request head. */
  private static final int LONGEST = 16 << 10;

  private static final int MOST_REMEMBERED = 10_000;

  private final TokenRules rules;
  private final InstantSource clock;
  private volatile @Nullable Generation generation;
  private volatile Runnable onUnknownKey = () -> {};

  /** The keys of one time, and what they have verified. */
  private record Generation(TokenCheck check, Map<String, VerifiedToken> verified) {}

  /** Makes one that believes nothing until it has keys. */
  public VerifiedTokens(TokenRules rules, InstantSource clock) {
    this.rules = rules;
    this.clock = clock;
  }

  /**
   * Puts other keys in force; what the keys before had verified is forgotten.
   *
   * @return how many of the keys can verify signatures
   */
  public int use(JWKSet keys) {
    TokenCheck check = new TokenCheck(keys, rules, clock);
    generation = new Generation(check, new ConcurrentHashMap<>());
    return check.keys();
  }

  /** Sets what is done where a token names a key that is not known; it must not wait. */
  void onUnknownKey(Runnable action) {
    onUnknownKey = action;
  }

  @Override
  public @Nullable VerifiedToken verify(String token) {
    Generation current = generation;
    if (current == null || token.length() > LONGEST) {
      return null;
    }
    VerifiedToken known = current.verified().get(token);
    return known != null && lasts(known) ? known : first(token, current);
  }

  private boolean lasts(VerifiedToken token) {
    Instant expires = token.expires();
    return expires != null && clock.instant().isBefore(expires);
  }

  private @Nullable VerifiedToken first(String text, Generation current) {
    try {
      SignedJWT token = SignedJWT.parse(text);
      if (!current.check().knowsKeyOf(token)) {
        onUnknownKey.run();
        return null;
      }
      VerifiedToken verified = current.check().verified(token);
      remember(text, verified, current.verified());
      return verified;
    } catch (ParseException | BadJOSEException | JOSEException e) {
      return null;
    }
  }

  private static void remember(
      String text, VerifiedToken verified, Map<String, VerifiedToken> known) {
    if (known.size() >= MOST_REMEMBERED) {
      known.clear();
    }
    known.put(text, verified);
  }
}
