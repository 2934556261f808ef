package org.cistern.camel.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cistern.rule.VerifiedToken;

/**
 * Verifies tokens with one set of keys: a signature by one of them in an algorithm with a public
 * key, the issuer, the audience, and an expiry that has not passed (RFC 7519, RFC 8725). A token
 * that is not signed, or with a shared secret, is never believed, whatever keys there are.
 */
final class TokenCheck {

  private static final Set<JWSAlgorithm> ALGORITHMS = algorithms();

  private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
  private final Set<String> keyIds = new HashSet<>();
  private final int keys;

  /**
   * Makes the check of a set of keys; those that are secrets, or not for signatures, are left out.
   */
  TokenCheck(JWKSet all, TokenRules rules, InstantSource clock) {
    List<JWK> known = all.getKeys().stream().filter(AsymmetricJWK.class::isInstance).toList();
    known.forEach(key -> keyIds.add(String.valueOf(key.getKeyID())));
    keys = known.size();
    processor.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(
            JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
    processor.setJWSKeySelector(
        new JWSVerificationKeySelector<>(ALGORITHMS, new ImmutableJWKSet<>(new JWKSet(known))));
    processor.setJWTClaimsSetVerifier(new Claims(rules, clock));
  }

  private static Set<JWSAlgorithm> algorithms() {
    Set<JWSAlgorithm> algorithms = new HashSet<>(JWSAlgorithm.Family.RSA);
    algorithms.addAll(JWSAlgorithm.Family.EC);
    return algorithms;
  }

  /** Returns how many keys there are. */
  int keys() {
    return keys;
  }

  /** Tells whether the key that the token names is among those known. */
  boolean knowsKeyOf(SignedJWT token) {
    String id = token.getHeader().getKeyID();
    return id == null || keyIds.contains(id);
  }

  /**
   * Returns what the token says.
   *
   * @throws BadJOSEException where it is not to be believed
   * @throws JOSEException where a key cannot be used
   * @throws ParseException where a claim is not what it has to be
   */
  VerifiedToken verified(SignedJWT token) throws BadJOSEException, JOSEException, ParseException {
    JWTClaimsSet said = processor.process(token, null);
    Map<String, String> claims = new HashMap<>();
    said.getClaims()
        .forEach(
            (name, value) -> {
              if (value != null) {
                claims.put(name, text(value));
              }
            });
    return new VerifiedToken(claims, said.getExpirationTime().toInstant());
  }

  private static String text(Object value) {
    if (value instanceof String text) {
      return text;
    }
    if (value instanceof Date date) {
      return Long.toString(date.toInstant().getEpochSecond());
    }
    String wrapped = JSONObjectUtils.toJSONString(Map.of("v", value));
    return wrapped.substring(wrapped.indexOf(':') + 1, wrapped.length() - 1);
  }

  /** The claims that have to be there; the time is the gateway's, with half a minute of grace. */
  private static final class Claims extends DefaultJWTClaimsVerifier<SecurityContext> {

    private static final int GRACE_SECONDS = 30;

    private final InstantSource clock;

    private Claims(TokenRules rules, InstantSource clock) {
      super(
          rules.audience(),
          new JWTClaimsSet.Builder().issuer(rules.issuer()).build(),
          Set.of("exp"));
      this.clock = clock;
      setMaxClockSkew(GRACE_SECONDS);
    }

    @Override
    protected Date currentTime() {
      return Date.from(clock.instant());
    }
  }
}
