package org.cistern.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.cistern.http.uri.Request;
import org.cistern.rule.IdentityResult.Basis;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class IdentityTest {

  private static final Instant END = Instant.ofEpochSecond(2_000_000_000);
  private static final TokenVerifier TOKENS =
      token ->
          token.startsWith("good-")
              ? new VerifiedToken(Map.of("sub", token.substring(5, 8)), END)
              : null;
  private static final Identity IDENTITY = identity("secret");
  private static final Rule USUAL = Books.rule("user_specific: true");

  private static Identity identity(String secret) {
    return new Identity(secret.getBytes(StandardCharsets.UTF_8), TOKENS);
  }

  private static Asked asked(String name, String value) {
    return Asked.get("/").with(name, value);
  }

  private static Rule by(String sources) {
    return Books.rule("user_specific: true", "identity: [" + sources + "]");
  }

  private record Vouched(Request request, @Nullable String certificate, boolean fromTrustedProxy)
      implements Credentials {}

  @Test
  void authorizationIsAUser() {
    IdentityResult ann = IDENTITY.of(USUAL, asked("Authorization", "Basic ann"));
    assertThat(ann.basis()).isEqualTo(Basis.CREDENTIAL);
    assertThat(ann).isEqualTo(IDENTITY.of(USUAL, asked("authorization", "Basic ann")));
    assertThat(ann.hash())
        .hasSize(43)
        .doesNotContain("ann")
        .isNotEqualTo(IDENTITY.of(USUAL, asked("Authorization", "Basic bob")).hash())
        .isNotEqualTo(identity("other").of(USUAL, asked("Authorization", "Basic ann")).hash());
  }

  @Test
  void anApiKeyIsAnotherUserThanTheSameTextInAuthorization() {
    assertThat(IDENTITY.of(USUAL, asked("X-API-Key", "k")).hash())
        .isNotNull()
        .isNotEqualTo(IDENTITY.of(USUAL, asked("Authorization", "k")).hash());
  }

  @Test
  void twoCredentialsCountTogetherBecauseTheOriginMayBelieveEither() {
    Asked app = asked("Authorization", "Basic app");
    assertThat(IDENTITY.of(USUAL, app.with("X-API-Key", "ann")).hash())
        .isNotEqualTo(IDENTITY.of(USUAL, app.with("X-API-Key", "bob")).hash())
        .isNotEqualTo(IDENTITY.of(USUAL, app).hash());
  }

  @Test
  void nobodyIsKnownWithoutACredentialOrWithABlankOne() {
    assertThat(IDENTITY.of(USUAL, Asked.get("/"))).isEqualTo(IdentityResult.ABSENT);
    assertThat(IDENTITY.of(USUAL, asked("Authorization", " "))).isEqualTo(IdentityResult.ABSENT);
    assertThat(IDENTITY.of(USUAL, asked("X-User", "ann"))).isEqualTo(IdentityResult.ABSENT);
  }

  @Test
  void aSharedRuleAsksForNobody() {
    assertThat(IDENTITY.of(Books.rule("id: a"), asked("Authorization", "x")).hash()).isNull();
  }

  @Test
  void cookiesAndParametersAreCredentialsWhereTheRuleNamesThem() {
    Rule rule = by("'cookie:session', 'param:token'");
    assertThat(IDENTITY.of(rule, asked("Cookie", "a=1; session=s1")).hash())
        .isEqualTo(IDENTITY.of(rule, asked("Cookie", "session=s1; b=2")).hash())
        .isNotEqualTo(IDENTITY.of(rule, asked("Cookie", "session=s2")).hash());
    assertThat(IDENTITY.of(rule, Asked.get("/?token=t")).hash())
        .isNotNull()
        .isNotEqualTo(IDENTITY.of(rule, Asked.get("/?token=u")).hash());
    assertThat(IDENTITY.of(rule, asked("Authorization", "x")).basis()).isEqualTo(Basis.ABSENT);
  }

  @Test
  void aHeaderThatOnlySaysWhoSomebodyIsCountsFromATrustedProxyAlone() {
    Rule rule = by("'header:X-User'");
    Asked ann = asked("X-User", "ann");
    assertThat(IDENTITY.of(rule, ann)).isEqualTo(IdentityResult.nobody(Basis.UNVERIFIED));
    IdentityResult vouched = IDENTITY.of(rule, new Vouched(ann, null, true));
    assertThat(vouched.basis()).isEqualTo(Basis.VERIFIED);
    assertThat(vouched.hash()).isNotNull();
  }

  @Test
  void aClaimCountsFromAVerifiedTokenAlone() {
    Rule rule = by("'claim:sub'");
    IdentityResult ann = IDENTITY.of(rule, asked("Authorization", "Bearer good-ann-1"));
    assertThat(ann.basis()).isEqualTo(Basis.VERIFIED);
    assertThat(ann.expires()).isEqualTo(END);
    assertThat(IDENTITY.of(rule, asked("Authorization", "bearer good-ann-2"))).isEqualTo(ann);
    assertThat(IDENTITY.of(rule, asked("Authorization", "Bearer good-bob-1")).hash())
        .isNotEqualTo(ann.hash());
    assertThat(IDENTITY.of(rule, asked("Authorization", "Bearer forged-ann")).basis())
        .isEqualTo(Basis.UNVERIFIED);
    assertThat(IDENTITY.of(by("'claim:email'"), asked("Authorization", "Bearer good-ann-1")).hash())
        .isNull();
  }

  @Test
  void whatIsVerifiedEndsTheSearch() {
    Rule rule = by("'claim:sub', 'header:Authorization'");
    assertThat(IDENTITY.of(rule, asked("Authorization", "Bearer good-ann-1")).hash())
        .isEqualTo(IDENTITY.of(rule, asked("Authorization", "Bearer good-ann-2")).hash());
    IdentityResult unverified = IDENTITY.of(rule, asked("Authorization", "Bearer forged"));
    assertThat(unverified.basis()).isEqualTo(Basis.CREDENTIAL);
    assertThat(unverified.hash()).isNotNull();
  }

  @Test
  void itIsSaidWhichSourcesTheHashIsMadeOf() {
    Rule rule = by("certificate, 'header:Authorization', 'cookie:sid'");
    Asked asked = asked("Authorization", "Bearer a").with("Cookie", "sid=1");
    assertThat(IDENTITY.of(rule, new Vouched(asked, "ab12", false)).named())
        .extracting(each -> each.kind().name())
        .containsExactly("CERTIFICATE");
    assertThat(IDENTITY.of(rule, asked).named())
        .extracting(each -> each.kind().name())
        .containsExactlyInAnyOrder("HEADER", "COOKIE");
  }

  @Test
  void nobodyIsKnownWhereTheOriginMayBelieveWhatWeCannot() {
    Rule header = by("'header:X-User', 'header:Authorization'");
    Asked app = asked("Authorization", "Basic app");
    assertThat(IDENTITY.of(header, app).hash()).isNotNull();
    assertThat(IDENTITY.of(header, app.with("X-User", "ann")).hash()).isNull();

    Rule param = by("'param:token'");
    for (String query :
        new String[] {"x;token=b&token=a", "token=a&token[]=b", "Token=b&token=a"}) {
      assertThat(IDENTITY.of(param, Asked.get("/?" + query)).hash()).as(query).isNull();
    }
  }

  @Test
  void aParameterCountsWithAllThatStandsInIt() {
    Rule param = by("'param:token'");
    assertThat(IDENTITY.of(param, Asked.get("/?token=a;token=b")).hash())
        .isNotNull()
        .isNotEqualTo(IDENTITY.of(param, Asked.get("/?token=a")).hash())
        .isNotEqualTo(IDENTITY.of(param, Asked.get("/?token=b")).hash());
  }

  @Test
  void aClientCertificateIsAUser() {
    Rule rule = by("certificate");
    Asked asked = Asked.get("/");
    assertThat(IDENTITY.of(rule, new Vouched(asked, "ab12", false)).hash())
        .isNotNull()
        .isNotEqualTo(IDENTITY.of(rule, new Vouched(asked, "cd34", false)).hash());
    assertThat(IDENTITY.of(rule, asked).basis()).isEqualTo(Basis.ABSENT);
  }

  @Test
  void noEntryOutlivesTheTokenEvenWhereNobodyVerifiedIt() {
    Asked asked = asked("Authorization", "Bearer " + jwt("{\"sub\":\"a\",\"exp\" : 2000000000}"));
    assertThat(IDENTITY.of(USUAL, asked).expires()).isEqualTo(END);
    Asked nested = asked("Authorization", "Bearer " + jwt("{\"exp\":1,\"act\":{\"exp\":9}}"));
    assertThat(IDENTITY.of(USUAL, nested).expires()).isEqualTo(Instant.ofEpochSecond(1));
  }

  @Test
  void aTokenThatIsNoneHasNoEnd() {
    for (String token :
        new String[] {"opaque", "a.b.c", "..", jwt("{\"exp\":\"x\"}"), jwt("exp")}) {
      assertThat(IDENTITY.of(USUAL, asked("Authorization", "Bearer " + token)).expires()).isNull();
    }
  }

  private static String jwt(String payload) {
    byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
    return "e30." + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes) + ".sig";
  }
}
