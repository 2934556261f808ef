package org.cistern.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.TimeZone;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Dates (RFC 9110 section 5.6.7, RFC 9111 section 4.2)")
class HttpDateTest {

  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

  @Nested
  @DisplayName("MUST: what a cache has to do")
  class Must {

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "Sun, 06 Nov 1994 08:49:37 GMT|1994-11-06T08:49:37Z",
          "Sunday, 06-Nov-94 08:49:37 GMT|1994-11-06T08:49:37Z",
          "Sun Nov  6 08:49:37 1994|1994-11-06T08:49:37Z",
          "Sun Nov 16 08:49:37 1994|1994-11-16T08:49:37Z",
          "Sun, 21 Nov 2286 04:46:39 GMT|2286-11-21T04:46:39Z",
          "Sat, 31 Dec 2016 23:59:60 GMT|2016-12-31T23:59:59Z",
        })
    @DisplayName("5.6.7: the three forms are read")
    void theThreeFormsAreRead(String text, Instant date) {
      assertThat(HttpDate.parse(text, NOW)).isEqualTo(date);
    }

    @ParameterizedTest
    @CsvSource({"76, 2076", "77, 1977", "26, 2026", "00, 2000", "99, 1999"})
    @DisplayName("5.6.7: a year of two digits is never more than 50 years ahead")
    void twoDigitsAreNeverMoreThanFiftyYearsAhead(String digits, int year) {
      Instant read = HttpDate.parse("Sunday, 06-Nov-" + digits + " 08:49:37 GMT", NOW);
      assertThat(read).isEqualTo(Instant.parse(year + "-11-06T08:49:37Z"));
    }

    @Test
    @DisplayName("5.6.7: a date is written in the first form")
    void aDateIsWrittenInTheFirstFormWithWholeSeconds() {
      assertThat(HttpDate.format(Instant.parse("1994-11-06T08:49:37.999Z")))
          .isEqualTo("Sun, 06 Nov 1994 08:49:37 GMT");
    }

    @Test
    @DisplayName("9111-4.2: the zone of this machine has no say")
    void theZoneOfTheMachineHasNoSay() {
      TimeZone before = TimeZone.getDefault();
      try {
        TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Auckland"));
        Instant date = Instant.parse("1994-11-06T08:49:37Z");
        assertThat(HttpDate.parse("Sun, 06 Nov 1994 08:49:37 GMT", NOW)).isEqualTo(date);
        assertThat(HttpDate.parse("Sun Nov  6 08:49:37 1994", NOW)).isEqualTo(date);
        assertThat(HttpDate.format(date)).isEqualTo("Sun, 06 Nov 1994 08:49:37 GMT");
      } finally {
        TimeZone.setDefault(before);
      }
    }
  }

  @Nested
  @DisplayName("SHOULD: what a cache does unless it has a reason")
  class Should {

    @ParameterizedTest
    @ValueSource(strings = {"Thu, 18 AUG 2050 02:01:18 GMT", "tHU, 18 Aug 2050 02:01:18 gMT"})
    @DisplayName("9111-4.2: letters have no case")
    void lettersHaveNoCase(String text) {
      assertThat(HttpDate.parse(text, NOW)).isEqualTo(Instant.parse("2050-08-18T02:01:18Z"));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "0",
          "-1",
          "Thu, 18 Aug 2050 02:01:18 UTC",
          "Thu, 18 Aug 2050 02:01:18 AEST",
          "Thu, 18 Aug 2050 02:01:18",
          "Thu, 18 Aug 2050 02:01:18 GMT+1",
          "Thu, 18  Aug  2050 02:01:18 GMT",
          "Thu, 18-Aug-2050 02:01:18 GMT",
          "Thu, 18 Aug 2050 02.01.18 GMT",
          "Thu, 18 Aug 2050 2:01:18 GMT",
          "Thu, 8 Aug 2050 02:01:18 GMT",
          "Thu, 18 Aug 50 02:01:18 GMT",
          "Thu 18 Aug 2050 02:01:18 GMT",
          "Thursday, 18 Aug 2050 02:01:18 GMT",
          "Thu, 18-Aug-50 02:01:18 GMT",
          "Xyz, 18 Aug 2050 02:01:18 GMT",
          "Thu, 30 Feb 2050 02:01:18 GMT",
          "Thu, 18 Aug 2050 24:01:18 GMT",
          "Thu, 18 Aug 2050 02:60:18 GMT",
          "Thu, 18 Aug 2050 02:01:61 GMT",
          "Thu Aug 18 02:01:18 2050 GMT",
          " Thu, 18 Aug 2050 02:01:18 GMT",
          "2050-08-18T02:01:18Z",
          "Thu, 18 Aug ２０５０ 02:01:18 GMT",
        })
    @DisplayName("9111-4.2: no zone but GMT and no other form is read")
    void nothingElseIsRead(String text) {
      assertThat(HttpDate.parse(text, NOW)).isNull();
    }
  }
}
