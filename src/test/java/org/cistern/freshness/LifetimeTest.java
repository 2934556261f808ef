package org.cistern.freshness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cistern.freshness.Fixture.FOLLOW;
import static org.cistern.freshness.Fixture.NOW;
import static org.cistern.freshness.Fixture.TARGET;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import org.cistern.freshness.Lifetime.Source;
import org.cistern.http.Headers;
import org.cistern.http.HttpDate;
import org.cistern.http.directive.ResponseDirectives;
import org.cistern.rule.Rule;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("How old, and for how long (RFC 9111 section 4.2)")
class LifetimeTest {

  @Nested
  @DisplayName("MUST: what a cache has to do")
  class Must {

    @ParameterizedTest
    @ValueSource(strings = {"2147483648", "2147483649", "99999999999999999999999999"})
    @DisplayName("1.2.2: a number that is too large is 2^31")
    void tooManySecondsAreThoseThatFit(String value) {
      assertThat(Age.ageValue(Headers.of("Age", value))).isEqualTo(2_147_483_648_000L);
      assertThat(of(FOLLOW, "Cache-Control", "max-age=" + value).millis())
          .isEqualTo(2_147_483_648_000L);
    }

    @Test
    @DisplayName("1.2.2: no sum overflows: the oldest answer is stale and the freshest is fresh")
    void noSumOverflows() {
      String most = "max-age=99999999999, stale-while-revalidate=99999999999";
      Facts facts = Fixture.facts("Cache-Control", most, "Age", "2");
      assertThat(facts.isFresh(NOW.toEpochMilli())).isTrue();
      assertThat(facts.withinStaleWhileRevalidate(NOW.toEpochMilli())).isTrue();
      Facts old = Fixture.facts("Cache-Control", most, "Age", "99999999999");
      assertThat(old.isFresh(NOW.toEpochMilli())).isFalse();
    }

    @Test
    @DisplayName("4.2.3: the age is the greater of what the clocks and what the caches say")
    void isTheGreaterOfWhatTheClocksAndWhatTheCachesSay() {
      String hour = HttpDate.format(NOW.minusSeconds(3600));
      assertThat(Age.correctedInitialAge(Fixture.ok("Date", hour, "Age", "10")))
          .isEqualTo(3_600_000);
      assertThat(Age.correctedInitialAge(Fixture.ok("Date", hour, "Age", "7200")))
          .isEqualTo(7_200_000);
    }

    @Test
    @DisplayName("4.2.3: the wait for the response counts")
    void countsTheWaitForTheResponse() {
      Received slow =
          new Received(200, Headers.of("Age", "1"), 0, false, NOW.minusMillis(2500), NOW);
      assertThat(Age.correctedInitialAge(slow)).isEqualTo(3500);
    }

    @Test
    @DisplayName("4.2.3: no age is negative where the clock of the origin is ahead")
    void isNeverNegativeWhereTheOriginsClockIsAhead() {
      String ahead = HttpDate.format(NOW.plusSeconds(100));
      assertThat(Age.correctedInitialAge(Fixture.ok("Date", ahead))).isZero();
    }

    @Test
    @DisplayName("4.2.3: the age grows while the answer is stored")
    void growsWhileTheAnswerIsStored() {
      Facts facts = Fixture.facts("Cache-Control", "max-age=100", "Age", "30");
      assertThat(facts.age(Fixture.in(3))).isEqualTo(33);
      assertThat(facts.remaining(Fixture.in(3))).isEqualTo(67);
      assertThat(facts.remaining(Fixture.in(71))).isEqualTo(-1);
    }

    @Test
    @DisplayName("4.2.3: without a Date the answer is as old as when it was received")
    void theArrivalStandsInForTheDate() {
      Received undated = new Received(200, Headers.of("Age", "4"), 0, false, NOW, NOW);
      assertThat(Age.correctedInitialAge(undated)).isEqualTo(4000);
      Received broken = new Received(200, Headers.of("Date", "today"), 0, false, NOW, NOW);
      assertThat(Age.correctedInitialAge(broken)).isZero();
    }

    @Test
    @DisplayName("5.2.2.10: s-maxage beats max-age and Expires")
    void givesAnSMaxageThatBeatsMaxAgeAndExpires() {
      Lifetime life = of(FOLLOW, "Cache-Control", "max-age=1, s-maxage=9", "Expires", seconds(-10));
      assertThat(life).isEqualTo(new Lifetime(Source.S_MAXAGE, 9000));
    }

    @Test
    @DisplayName("5.3: max-age beats Expires")
    void givesAMaxAgeThatBeatsExpires() {
      Lifetime life = of(FOLLOW, "Cache-Control", "max-age=5", "Expires", seconds(-10));
      assertThat(life).isEqualTo(new Lifetime(Source.MAX_AGE, 5000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"max-age=0", "s-maxage=0", "max-age=x", "max-age=1, s-maxage=x"})
    @DisplayName("5.3: Expires is ignored beside max-age and s-maxage, whatever they say")
    void expiresIsIgnoredBesideADirective(String directives) {
      Lifetime life = of(FOLLOW, "Cache-Control", directives, "Expires", seconds(100));
      assertThat(life.millis()).isZero();
    }

    @Test
    @DisplayName("4.2.1: Expires counts from the Date, not from our clock")
    void givesExpiresThatCountsFromItsDate() {
      Lifetime life = of(FOLLOW, "Date", seconds(-10), "Expires", seconds(10));
      assertThat(life).isEqualTo(new Lifetime(Source.EXPIRES, 20_000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "soon", "Thu, 18 Aug 2050 02:01:18 UTC"})
    @DisplayName("5.3: an Expires that is no date is in the past")
    void givesNoLifetimeByAnExpiresThatIsNoDate(String expires) {
      Lifetime life = of(FOLLOW, "Expires", expires, "Last-Modified", seconds(-86_400));
      assertThat(life).isEqualTo(new Lifetime(Source.EXPIRES, 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"max-age=0", "s-maxage=0", "max-age=x"})
    @DisplayName("4.2.2: no heuristic where the origin gives an explicit time, however short")
    void noHeuristicBesideAnExplicitTime(String directive) {
      Lifetime life = of(FOLLOW, "Cache-Control", directive, "Last-Modified", seconds(-86_400));
      assertThat(life.source().isOrigin()).isTrue();
      assertThat(life.millis()).isZero();
      assertThat(of(FOLLOW, "Expires", seconds(-1), "Last-Modified", seconds(-86_400)))
          .isEqualTo(new Lifetime(Source.EXPIRES, 0));
    }

    @ParameterizedTest
    @CsvSource({
      "200,true",
      "204,true",
      "404,true",
      "501,true",
      "403,false",
      "302,false",
      "599,false"
    })
    @DisplayName("4.2.2: heuristics are for some statuses only")
    void areForSomeStatusesOnly(int status, boolean given) {
      Received response = Fixture.received(status, "Last-Modified", seconds(-1000));
      assertThat(of(FOLLOW, response).source() == Source.HEURISTIC).isEqualTo(given);
    }

    @Test
    @DisplayName("9213-2.1: where there is a targeted field it alone counts")
    void isReadFromTheTargetedFieldAloneWhereThereIsOne() {
      Lifetime life =
          of(
              FOLLOW,
              "CDN-Cache-Control",
              "foo",
              "Cache-Control",
              "max-age=9",
              "Expires",
              seconds(9));
      assertThat(life.source()).isEqualTo(Source.NONE);
    }
  }

  @Nested
  @DisplayName("SHOULD: what a cache does unless it has a reason")
  class Should {

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "30|30",
          "7200, 0|7200",
          "0, 7200|0",
          "7200.0|0",
          "-5|0",
          "old|0",
          "7200;foo=bar|0",
          "''|0",
        })
    @DisplayName("5.1: of an Age with several members the first counts, of an invalid one none")
    void isTheFirstMemberAndNothingWhereThatIsNoNumber(String value, long seconds) {
      assertThat(Age.ageValue(Headers.of("Age", value))).isEqualTo(seconds * 1000);
    }

    @Test
    @DisplayName("5.1: of several Age lines the first counts")
    void isOfTheFirstLine() {
      assertThat(Age.ageValue(Headers.of("Age", "7", "Age", "0"))).isEqualTo(7000);
    }

    @Test
    @DisplayName("4.2.1: of an Expires given twice the first counts")
    void ofTwoTheFirstCounts() {
      Lifetime life = of(FOLLOW, "Expires", seconds(5), "Expires", seconds(500));
      assertThat(life).isEqualTo(new Lifetime(Source.EXPIRES, 5000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"max-age=x", "max-age=-1", "max-age=1.5", "max-age", "s-maxage=\"\""})
    @DisplayName("4.2.1: an answer with an invalid lifetime is stale")
    void anInvalidLifetimeIsNone(String directive) {
      assertThat(of(FOLLOW, "Cache-Control", directive).source().isOrigin()).isTrue();
      assertThat(of(FOLLOW, "Cache-Control", directive).millis()).isZero();
    }

    @Test
    @DisplayName("4.2.2: a heuristic is a fraction of the time since the last change")
    void giveATenthOfTheTimeSinceTheLastChange() {
      assertThat(of(FOLLOW, "Last-Modified", seconds(-1000)))
          .isEqualTo(new Lifetime(Source.HEURISTIC, 100_000));
    }

    @Test
    @DisplayName("4.2.2: and a day at most, and nothing for a change in the future")
    void giveADayAtMostAndNothingForAChangeInTheFuture() {
      assertThat(of(FOLLOW, "Last-Modified", seconds(-100_000_000)).millis())
          .isEqualTo(Duration.ofDays(1).toMillis());
      assertThat(of(FOLLOW, "Last-Modified", seconds(100)).millis()).isZero();
    }
  }

  @Nested
  @DisplayName("MAY: what a cache is free to do")
  class May {

    private final Rule minute = Fixture.ttl(Duration.ofMinutes(1));

    @Test
    @DisplayName("4.2.2: a heuristic is for every status that the public directive allows")
    void areForEveryStatusThatThePublicDirectiveAllows() {
      Received response =
          Fixture.received(599, "Last-Modified", seconds(-1000), "Cache-Control", "public");
      assertThat(of(FOLLOW, response).source()).isEqualTo(Source.HEURISTIC);
    }

    @Test
    @DisplayName("4.2.2: a rule gives a lifetime where the origin gives none")
    void givesALifetimeWhereTheOriginGivesNone() {
      assertThat(of(minute)).isEqualTo(new Lifetime(Source.RULE, 60_000));
      assertThat(of(minute, "Last-Modified", seconds(-1000)).source()).isEqualTo(Source.RULE);
      assertThat(of(minute, "Cache-Control", "max-age=5").millis()).isEqualTo(5000);
    }

    @Test
    @DisplayName("DESIGN: a rule beats the origin where it says so")
    void beatsTheOriginWhereItSaysSo() {
      Rule override = Fixture.rule(l -> l.ttl(Duration.ofMinutes(1)).override(), keep -> keep);
      assertThat(of(override, "Cache-Control", "max-age=5").millis()).isEqualTo(60_000);
    }

    @ParameterizedTest
    @CsvSource({"404,true", "500,false", "302,false", "401,false"})
    @DisplayName("4.2.2: a rule gives no lifetime to what no heuristic is allowed for")
    void givesNoLifetimeToWhatNoCacheTakesForFresh(int status, boolean given) {
      assertThat(of(minute, Fixture.received(status)).source() == Source.RULE).isEqualTo(given);
    }

    @Test
    @DisplayName("DESIGN: a rule gives errors the lifetime that is for them")
    void givesErrorsTheLifetimeThatIsForThem() {
      Rule negative =
          Fixture.rule(
              l -> l.ttl(Duration.ofMinutes(1)).negative(Duration.ofSeconds(3)), keep -> keep);
      assertThat(of(negative, Fixture.received(404)).millis()).isEqualTo(3000);
      assertThat(of(negative, Fixture.received(500)).millis()).isEqualTo(3000);
      assertThat(of(negative, Fixture.received(401)).source()).isEqualTo(Source.NONE);
      assertThat(of(negative, Fixture.received(200)).millis()).isEqualTo(60_000);
    }

    @Test
    @DisplayName("DESIGN: the lifetime of a rule counts from the arrival")
    void countsItsLifetimeFromTheArrival() {
      Facts facts = Fixture.facts(minute, "Age", "3600", "Date", seconds(-3600));
      assertThat(facts.remaining(NOW)).isEqualTo(60);
    }

    @Test
    @DisplayName(
        "DESIGN: a rule shortens lifetimes by its jitter at most, and everywhere by the same")
    void shortensItsLifetimesByNoMoreThanItsJitterAndEverywhereByTheSame() {
      Rule rule = Fixture.rule(l -> l.ttl(Duration.ofSeconds(100)).jitter(0.2), keep -> keep);
      for (int i = 0; i < 100; i++) {
        Instant at = NOW.plusMillis(ThreadLocalRandom.current().nextInt(1_000_000));
        Received response = new Received(200, Headers.empty(), 0, false, at, at);
        long life = of(rule, response).millis();
        assertThat(life).isBetween(80_000L, 100_000L);
        assertThat(of(rule, response).millis()).isEqualTo(life);
      }
    }
  }

  private static Lifetime of(Rule rule, String... headers) {
    return of(rule, Fixture.ok(headers));
  }

  private static Lifetime of(Rule rule, Received response) {
    return Lifetime.of(response, ResponseDirectives.of(response.headers()), TARGET, rule);
  }

  private static String seconds(long offset) {
    return HttpDate.format(NOW.plusSeconds(offset));
  }
}
