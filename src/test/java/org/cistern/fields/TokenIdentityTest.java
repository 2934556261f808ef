package org.cistern.fields;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.cistern.GatewayUnderTest;
import org.cistern.camel.settings.SettingsException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users who are known by a claim of a bearer token that the gateway verifies. */
class TokenIdentityTest {

  private static final String RULES =
      """
      rules:
      - id: claim
        path_pattern: /**
        cache_ttl: 1h
        user_specific: true
        identity: ["claim:sub"]
      """;

  private static final RSAKey KEY = key("k1");
  private static final RSAKey OTHER = key("k1");
  private static final RSAKey NEXT = key("k2");

  private static Api keys;
  private static Door door;

  private static RSAKey key(String id) {
    try {
      return new RSAKeyGenerator(2048).keyID(id).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeAll
  static void start(@TempDir Path folder) {
    keys = Api.start();
    serve(KEY);
    door =
        new Door(
            folder,
            RULES,
            "CISTERN_JWT_JWKS_URL",
            keys.url() + "/keys",
            "CISTERN_JWT_ISSUER",
            "https://issuer.example",
            "CISTERN_JWT_AUDIENCE",
            "api");
    await()
        .untilAsserted(
            () -> assertThat(status("/ready", signed(claims("ready"), KEY))).contains("hit"));
  }

  @AfterAll
  static void stop() {
    door.close();
    keys.close();
  }

  private static void serve(RSAKey... all) {
    String text = new JWKSet(List.<JWK>of(all)).toPublicJWKSet().toString();
    keys.on("/keys", (request, n) -> Api.say(request, 200, text));
  }

  private static JWTClaimsSet.Builder claims(String user) {
    return new JWTClaimsSet.Builder()
        .subject(user)
        .issuer("https://issuer.example")
        .audience("api")
        .expirationTime(Date.from(Instant.now().plus(Duration.ofHours(2))));
  }

  private static String signed(JWTClaimsSet.Builder claims, RSAKey key) {
    try {
      JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build();
      return signed(header, claims, new RSASSASigner(key));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String signed(JWSHeader header, JWTClaimsSet.Builder claims, JWSSigner signer)
      throws JOSEException {
    SignedJWT token = new SignedJWT(header, claims.build());
    token.sign(signer);
    return token.serialize();
  }

  private static String status(String path, String token) {
    return door.status(path, "Authorization", "Bearer " + token);
  }

  private static void refused(String path, String token) {
    assertThat(status(path, token)).contains("not-stored=no-identity");
    assertThat(door.get(path, "Authorization", "Bearer " + token).body()).isEqualTo("v2");
  }

  @Test
  void anEntryBelongsToTheUserThatAVerifiedTokenNamesWhicheverTokenOfTheUserItIs() {
    assertThat(status("/mine", signed(claims("ann"), KEY))).contains("stored");
    assertThat(status("/mine", signed(claims("ann").claim("n", 2), KEY))).contains("hit");
    assertThat(status("/mine", signed(claims("bob"), KEY))).contains("stored");
  }

  @Test
  void aTokenThatNobodySignedNamesNobody() {
    refused("/none", new PlainJWT(claims("ann").build()).serialize());
  }

  @Test
  void aTokenSignedWithThePublicKeyAsASecretNamesNobody() throws JOSEException {
    byte[] secret = KEY.toPublicKey().getEncoded();
    JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("k1").build();

    refused("/confused", signed(header, claims("ann"), new MACSigner(secret)));
  }

  @Test
  void aTokenOfAnotherKeyIssuerOrAudienceNamesNobody() {
    refused("/key", signed(claims("ann"), OTHER));
    refused("/issuer", signed(claims("ann").issuer("https://evil.example"), KEY));
    refused("/audience", signed(claims("ann").audience("other"), KEY));
  }

  @Test
  void aTokenThatHasEndedOrNeverEndsNamesNobody() {
    refused("/ended", signed(claims("ann").expirationTime(new Date(0)), KEY));
    refused("/endless", signed(claims("ann").expirationTime(null), KEY));
  }

  @Test
  void aTokenThatIsNoneNamesNobody() {
    refused("/garbage", "a.b.c");
    refused("/long", "x".repeat(7_000));
  }

  @Test
  void anEntryDoesNotOutliveItsToken(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("keys.json");
    Files.writeString(file, new JWKSet(KEY).toPublicJWKSet().toString());
    try (Door own =
        new Door(
            folder,
            RULES,
            "CISTERN_JWT_JWKS_FILE",
            file.toString(),
            "CISTERN_JWT_ISSUER",
            "https://issuer.example",
            "CISTERN_JWT_AUDIENCE",
            "api")) {
      Date soon = Date.from(Instant.now().plusSeconds(100));
      String token = signed(claims("ann").expirationTime(soon), KEY);
      String later = signed(claims("ann"), KEY);
      own.body("/a", "Authorization", "Bearer " + token);
      assertThat(own.status("/a", "Authorization", "Bearer " + later)).contains("hit");
      own.pass(Duration.ofSeconds(101));

      assertThat(own.status("/a", "Authorization", "Bearer " + later)).contains("fwd=", "stored");
    }
  }

  @Test
  void aNewKeyOfTheIssuerIsFetchedWhenATokenNamesIt() {
    serve(KEY, NEXT);
    door.pass(Duration.ofSeconds(31));
    String token = signed(claims("ann"), NEXT);

    await().untilAsserted(() -> assertThat(status("/next", token)).contains("hit"));
    int asked = keys.count("/keys");
    for (int i = 0; i < 10; i++) {
      status("/unknown" + i, signed(claims("ann"), key("invented" + i)));
    }
    assertThat(keys.count("/keys")).isLessThanOrEqualTo(asked + 1);
  }

  @Test
  void aServerThatBreaksLeavesTheKnownKeysInForce() {
    keys.on("/keys", Api.saying(500));
    door.pass(Duration.ofSeconds(31));
    status("/broken", signed(claims("ann"), key("unknown")));

    assertThat(status("/still", signed(claims("ann"), KEY))).contains("stored");
    serve(KEY, NEXT);
  }

  @Test
  void keysWithoutIssuerAndAudienceAreRefusedAtTheStart(@TempDir Path folder) {
    GatewayUnderTest.Builder builder =
        GatewayUnderTest.in(folder).with("CISTERN_JWT_JWKS_URL", keys.url());

    assertThatThrownBy(builder::start)
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("cistern.jwt.issuer and cistern.jwt.audience must be set");
  }

  @Test
  void aPasswordInTheUrlOfTheKeysIsInNoSentence(@TempDir Path folder) {
    GatewayUnderTest.Builder builder =
        GatewayUnderTest.in(folder)
            .with("CACHE_L3_ENABLED", "false")
            .with("CISTERN_JWT_JWKS_URL", "ftp://user:s3cret@keys.example.org/")
            .with("CISTERN_JWT_ISSUER", "issuer")
            .with("CISTERN_JWT_AUDIENCE", "audience");

    assertThatThrownBy(() -> builder.start().close())
        .hasMessage(
            "cistern.jwt.jwks-url is 'ftp://***@keys.example.org/';"
                + " allowed is an http or https URL");
  }
}
