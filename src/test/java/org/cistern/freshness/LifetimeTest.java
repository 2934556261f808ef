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
import org.cistern.http.ResponseDirectives;
import org.cistern.rule.Rule;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9111 section 4.2: how old, and for how long. */
class LifetimeTest {

  @Nested
  @DisplayName("MUST: the age, RFC 9111 section 4.2.3")
  class TheAge {

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
          "2147483649|2147483648",
          "''|0",
        })
    void isTheFirstMemberAndNothingWhereThatIsNoNumber(String value, long seconds) {
      assertThat(Age.ageValue(Headers.of("Age", value))).isEqualTo(seconds * 1000);
    }

    @Test
    void isOfTheFirstLine() {
      assertThat(Age.ageValue(Headers.of("Age", "7", "Age", "0"))).isEqualTo(7000);
    }

    @Test
    void isTheGreaterOfWhatTheClocksAndWhatTheCachesSay() {
      String hour = HttpDate.format(NOW.minusSeconds(3600));
      assertThat(Age.correctedInitialAge(Fixture.ok("Date", hour, "Age", "10")))
          .isEqualTo(3_600_000);
      assertThat(Age.correctedInitialAge(Fixture.ok("Date", hour, "Age", "7200")))
          .isEqualTo(7_200_000);
    }

    @Test
    void countsTheWaitForTheResponse() {
      Received slow =
          new Received(200, Headers.of("Age", "1"), 0, false, NOW.minusMillis(2500), NOW);
      assertThat(Age.correctedInitialAge(slow)).isEqualTo(3500);
    }

    @Test
    void isNeverNegativeWhereTheOriginsClockIsAhead() {
      String ahead = HttpDate.format(NOW.plusSeconds(100));
      assertThat(Age.correctedInitialAge(Fixture.ok("Date", ahead))).isZero();
    }

    @Test
    void growsWhileTheAnswerIsStored() {
      Facts facts = Fixture.facts("Cache-Control", "max-age=100", "Age", "30");
      assertThat(facts.age(Fixture.in(3))).isEqualTo(33);
      assertThat(facts.remaining(Fixture.in(3))).isEqualTo(67);
      assertThat(facts.remaining(Fixture.in(71))).isEqualTo(-1);
    }
  }

  @Nested
  @DisplayName("MUST: the lifetime that the origin gives, section 4.2.1")
  class TheOrigin {

    @Test
    void givesAnSMaxageThatBeatsMaxAgeAndExpires() {
      Lifetime life = of(FOLLOW, "Cache-Control", "max-age=1, s-maxage=9", "Expires", seconds(-10));
      assertThat(life).isEqualTo(new Lifetime(Source.S_MAXAGE, 9000));
    }

    @Test
    void givesAMaxAgeThatBeatsExpires() {
      Lifetime life = of(FOLLOW, "Cache-Control", "max-age=5", "Expires", seconds(-10));
      assertThat(life).isEqualTo(new Lifetime(Source.MAX_AGE, 5000));
    }

    @Test
    void givesExpiresThatCountsFromItsDate() {
      Lifetime life = of(FOLLOW, "Date", seconds(-10), "Expires", seconds(10));
      assertThat(life).isEqualTo(new Lifetime(Source.EXPIRES, 20_000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "soon", "Thu, 18 Aug 2050 02:01:18 UTC"})
    void givesNoLifetimeByAnExpiresThatIsNoDate(String expires) {
      Lifetime life = of(FOLLOW, "Expires", expires, "Last-Modified", seconds(-86_400));
      assertThat(life).isEqualTo(new Lifetime(Source.EXPIRES, 0));
    }

    @Test
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
  @DisplayName("MAY: heuristics, section 4.2.2")
  class Heuristics {

    @Test
    void giveATenthOfTheTimeSinceTheLastChange() {
      assertThat(of(FOLLOW, "Last-Modified", seconds(-1000)))
          .isEqualTo(new Lifetime(Source.HEURISTIC, 100_000));
    }

    @Test
    void giveADayAtMostAndNothingForAChangeInTheFuture() {
      assertThat(of(FOLLOW, "Last-Modified", seconds(-100_000_000)).millis())
          .isEqualTo(Duration.ofDays(1).toMillis());
      assertThat(of(FOLLOW, "Last-Modified", seconds(100)).millis()).isZero();
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
    void areForSomeStatusesOnly(int status, boolean given) {
      Received response = Fixture.received(status, "Last-Modified", seconds(-1000));
      assertThat(of(FOLLOW, response).source() == Source.HEURISTIC).isEqualTo(given);
    }

    @Test
    void areForEveryStatusThatThePublicDirectiveAllows() {
      Received response =
          Fixture.received(599, "Last-Modified", seconds(-1000), "Cache-Control", "public");
      assertThat(of(FOLLOW, response).source()).isEqualTo(Source.HEURISTIC);
    }
  }

  @Nested
  @DisplayName("MAY: the lifetime that a rule gives")
  class TheRule {

    private final Rule minute = Fixture.ttl(Duration.ofMinutes(1));

    @Test
    void givesALifetimeWhereTheOriginGivesNone() {
      assertThat(of(minute)).isEqualTo(new Lifetime(Source.RULE, 60_000));
      assertThat(of(minute, "Last-Modified", seconds(-1000)).source()).isEqualTo(Source.RULE);
      assertThat(of(minute, "Cache-Control", "max-age=5").millis()).isEqualTo(5000);
    }

    @Test
    void beatsTheOriginWhereItSaysSo() {
      Rule override = Fixture.rule(l -> l.ttl(Duration.ofMinutes(1)).override(), keep -> keep);
      assertThat(of(override, "Cache-Control", "max-age=5").millis()).isEqualTo(60_000);
    }

    @ParameterizedTest
    @CsvSource({"404,true", "500,false", "302,false", "401,false"})
    void givesNoLifetimeToWhatNoCacheTakesForFresh(int status, boolean given) {
      assertThat(of(minute, Fixture.received(status)).source() == Source.RULE).isEqualTo(given);
    }

    @Test
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
    void countsItsLifetimeFromTheArrival() {
      Facts facts = Fixture.facts(minute, "Age", "3600", "Date", seconds(-3600));
      assertThat(facts.remaining(NOW)).isEqualTo(60);
    }

    @Test
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
