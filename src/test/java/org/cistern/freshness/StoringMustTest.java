package org.cistern.freshness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cistern.freshness.Fixture.FOLLOW;
import static org.cistern.freshness.Fixture.NOW;
import static org.cistern.freshness.Fixture.asked;
import static org.cistern.freshness.Fixture.get;
import static org.cistern.freshness.Fixture.ok;
import static org.cistern.freshness.Fixture.received;

import java.time.Duration;
import org.cistern.answer.Answer;
import org.cistern.http.Headers;
import org.cistern.http.HttpDate;
import org.cistern.rule.Rule;
import org.cistern.rule.SetCookie;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A shared cache must, when storing (RFC 9111)")
class StoringMustTest {

  private static final Rule PER_USER = Fixture.rule(Fixture.key(true), life -> life, keep -> keep);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "no-store, max-age=60|NO_STORE_RESPONSE",
        "private, max-age=60|PRIVATE",
        "private=\"date\", max-age=60|PRIVATE",
        "max-age=0|BORN_STALE",
        "x|NO_FRESHNESS",
      })
  @DisplayName("3, 5.2.2: not store what its directives keep out")
  void prohibitionsHold(String directives, Reason reason) {
    assertThat(reason(get(), ok("Cache-Control", directives))).isEqualTo(reason);
  }

  @Test
  @DisplayName("5.2.2.5, DESIGN: not store private and no-store under any rule")
  void noRuleBeatsTheProhibitions() {
    Rule all =
        Fixture.rule(
            Fixture.key(true),
            life -> life.ttl(Duration.ofHours(1)).override(),
            keep -> keep.sharedDespiteAuthorization().setCookie(SetCookie.STORE));
    Asked asked = asked("GET", all, "her");
    assertThat(reason(asked, ok("Cache-Control", "private"))).isEqualTo(Reason.PRIVATE);
    assertThat(reason(asked, ok("Cache-Control", "no-store"))).isEqualTo(Reason.NO_STORE_RESPONSE);
  }

  @Test
  @DisplayName("5.2.1.5: not store the response to a request with no-store")
  void theClientCanForbidIt() {
    assertThat(reason(get("Cache-Control", "no-store"), ok("Cache-Control", "max-age=60")))
        .isEqualTo(Reason.NO_STORE_REQUEST);
  }

  @Test
  @DisplayName("5.2.2.3: hold to must-understand in place of no-store")
  void mustUnderstandDecidesByStatus() {
    String said = "must-understand, no-store, max-age=60";
    assertThat(reason(get(), ok("Cache-Control", said))).isEqualTo(Reason.STORED);
    assertThat(reason(get(), received(599, "Cache-Control", said)))
        .isEqualTo(Reason.NOT_UNDERSTOOD);
  }

  @ParameterizedTest
  @CsvSource({"103,STATUS", "206,PARTIAL_CONTENT", "304,STATUS", "412,STATUS", "416,STATUS"})
  @DisplayName("3: not store what is no final, whole answer for others as well")
  void someStatusesAreNeverStored(int status, Reason reason) {
    assertThat(reason(get(), received(status, "Cache-Control", "max-age=60"))).isEqualTo(reason);
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 403, 500, 503, 599})
  @DisplayName("3: not store without explicit freshness what no heuristic is allowed for")
  void otherStatusesNeedExplicitFreshness(int status) {
    assertThat(reason(get(), received(status, "ETag", "\"1\""))).isEqualTo(Reason.STATUS);
    assertThat(reason(get(), received(status, "Cache-Control", "max-age=60")))
        .isEqualTo(Reason.STORED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "max-age=60|AUTHORIZATION",
        "max-age=60, public|STORED",
        "max-age=60, must-revalidate|STORED",
        "s-maxage=60|STORED",
        "max-age=60, proxy-revalidate|AUTHORIZATION"
      })
  @DisplayName("3.5: not share the answer to Authorization unless a directive allows it")
  void authorizationIsNotShared(String directives, Reason reason) {
    Asked authorized = get("Authorization", "Bearer x");
    assertThat(reason(authorized, ok("Cache-Control", directives))).isEqualTo(reason);
  }

  @Test
  @DisplayName("DESIGN: not share the answer to a user that the rule can name")
  void identifiedIsNotShared() {
    Asked named = get("X-API-Key", "k");
    assertThat(reason(named, ok("Cache-Control", "max-age=60"))).isEqualTo(Reason.IDENTIFIED);
    assertThat(reason(named, ok("Cache-Control", "max-age=60, public"))).isEqualTo(Reason.STORED);
    assertThat(reason(asked("GET", FOLLOW, "her"), ok("Cache-Control", "max-age=60")))
        .isEqualTo(Reason.IDENTIFIED);
  }

  @Test
  @DisplayName("DESIGN: keep per user only with a user who accounts for the credentials")
  void perUserNeedsTheUser() {
    Received response = ok("Cache-Control", "max-age=60");
    assertThat(reason(asked("GET", PER_USER, null), response)).isEqualTo(Reason.NO_IDENTITY);
    Asked bearer = asked("GET", PER_USER, "her", "Authorization", "Bearer x");
    assertThat(reason(bearer, response)).isEqualTo(Reason.STORED);
    assertThat(Fixture.stored(bearer, response).owner()).isEqualTo("her");
    Rule byKey =
        Fixture.rule(
            new Rule.KeyShape(
                PER_USER.key().strategy(),
                true,
                PER_USER.key().query(),
                PER_USER.key().parts(),
                false,
                PER_USER.key().varyHeaders(),
                PER_USER.key().varyCookies(),
                PER_USER.key().identity().subList(1, 2),
                PER_USER.key().ignoredCookies()),
            life -> life,
            keep -> keep);
    Asked both = asked("GET", byKey, "her", "Authorization", "Bearer x", "X-API-Key", "k");
    assertThat(reason(both, response)).isEqualTo(Reason.AUTHORIZATION);
  }

  @Test
  @DisplayName("DESIGN: take an unknown cookie for an unknown user")
  void unknownCookiesAreUsers() {
    Asked perUser = asked("GET", PER_USER, "her", "Cookie", "sid=1");
    assertThat(reason(perUser, ok("Cache-Control", "max-age=60"))).isEqualTo(Reason.UNKNOWN_COOKIE);
    assertThat(reason(get("Cookie", "sid=1"), ok("Cache-Control", "max-age=60")))
        .isEqualTo(Reason.STORED);
    Rule ttl = Fixture.ttl(Duration.ofMinutes(1));
    assertThat(reason(get(ttl, "Cookie", "sid=1"), ok())).isEqualTo(Reason.UNKNOWN_COOKIE);
    assertThat(reason(get(ttl, "Cookie", "sid=1"), ok("Vary", "Cookie"))).isEqualTo(Reason.STORED);
    Rule ignores =
        Fixture.rule(
            Fixture.key(false, "_g*", "sid"), life -> life.ttl(Duration.ofHours(1)), keep -> keep);
    assertThat(reason(get(ignores, "Cookie", "sid=1; _ga=2"), ok())).isEqualTo(Reason.STORED);
    assertThat(reason(get(ignores, "Cookie", "sid=1; x"), ok())).isEqualTo(Reason.UNKNOWN_COOKIE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "*, *", ", *", "*, Foo", "Foo, *", "Foo Bar", "\"Foo\"", "Foo;*"})
  @DisplayName("4.1: not store what varies on more than the request")
  void varyStar(String vary) {
    assertThat(reason(get(), ok("Cache-Control", "max-age=60", "Vary", vary)))
        .isEqualTo(Reason.VARY_STAR);
  }

  @Test
  @DisplayName("DESIGN: store no cookie but where the rule says so")
  void cookiesFollowTheRule() {
    Received response = ok("Cache-Control", "max-age=60", "Set-Cookie", "a=b", "X", "y");
    assertThat(reason(get(), response)).isEqualTo(Reason.SET_COOKIE);
    Answer stripped =
        Fixture.stored(get(Fixture.rule(l -> l, k -> k.setCookie(SetCookie.STRIP))), response);
    assertThat(stripped.headers().has("Set-Cookie")).isFalse();
    assertThat(stripped.headers().has("X")).isTrue();
    Answer kept =
        Fixture.stored(get(Fixture.rule(l -> l, k -> k.setCookie(SetCookie.STORE))), response);
    assertThat(kept.headers().has("Set-Cookie")).isTrue();
  }

  @Test
  @DisplayName("3.1: not store fields of the connection, nor those that a directive withholds")
  void fieldsOfTheHopAreLeftOut() {
    Headers stored =
        Fixture.stored(
                get(),
                ok(
                    "Connection", "a, B",
                    "a", "1",
                    "b", "2",
                    "c", "3",
                    "d", "4",
                    "Proxy-Authenticate", "x",
                    "Proxy-Authentication-Info", "x",
                    "Proxy-Connection", "x",
                    "Transfer-Encoding", "x",
                    "Upgrade", "x",
                    "Cache-Control", "max-age=60, no-cache=\"d\""))
            .headers();
    assertThat(stored.size()).isEqualTo(3);
    assertThat(stored.has("c") && stored.has("Cache-Control") && stored.has("Date")).isTrue();
  }

  @Test
  @DisplayName("9110-6.6.1: date what came without a date")
  void theArrivalIsTheDate() {
    Received undated =
        new Received(200, Headers.of("Cache-Control", "max-age=9"), 3, false, NOW, NOW);
    assertThat(Fixture.stored(get(), undated).headers().first("Date"))
        .isEqualTo(HttpDate.format(NOW));
  }

  @Test
  @DisplayName("9110-9.3.3: store a POST's answer only where it stands for its target")
  void aPostStandsForItsTarget() {
    Asked post = asked("POST", FOLLOW, null);
    String here = "/a/b?q=1";
    assertThat(reason(post, ok("Cache-Control", "max-age=9"))).isEqualTo(Reason.METHOD);
    assertThat(reason(post, ok("Content-Location", here))).isEqualTo(Reason.METHOD);
    assertThat(reason(post, ok("Cache-Control", "max-age=9", "Content-Location", "/a/c")))
        .isEqualTo(Reason.METHOD);
    Answer stored =
        Fixture.stored(post, ok("Cache-Control", "max-age=9", "Content-Location", here));
    assertThat(stored.method()).isEqualTo("GET");
    assertThat(reason(asked("HEAD", FOLLOW, null), ok("Cache-Control", "max-age=9")))
        .isEqualTo(Reason.METHOD);
  }

  private static Reason reason(Asked asked, Received response) {
    return Storing.decide(asked, response).reason();
  }
}
