package org.cistern.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110 section 5.6.7. */
class HttpDateTest {

  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Sun, 06 Nov 1994 08:49:37 GMT|1994-11-06T08:49:37Z",
        "Sunday, 06-Nov-94 08:49:37 GMT|1994-11-06T08:49:37Z",
        "Sun Nov  6 08:49:37 1994|1994-11-06T08:49:37Z",
        "Sun Nov 16 08:49:37 1994|1994-11-16T08:49:37Z",
        "Thu, 18 AUG 2050 02:01:18 GMT|2050-08-18T02:01:18Z",
        "tHU, 18 Aug 2050 02:01:18 gMT|2050-08-18T02:01:18Z",
        "Sun, 21 Nov 2286 04:46:39 GMT|2286-11-21T04:46:39Z",
        "Sat, 31 Dec 2016 23:59:60 GMT|2016-12-31T23:59:59Z",
      })
  void theThreeFormsAreRead(String text, Instant date) {
    assertThat(HttpDate.parse(text, NOW)).isEqualTo(date);
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
  void nothingElseIsRead(String text) {
    assertThat(HttpDate.parse(text, NOW)).isNull();
  }

  @ParameterizedTest
  @CsvSource({"76, 2076", "77, 1977", "26, 2026", "00, 2000", "99, 1999"})
  void twoDigitsAreNeverMoreThanFiftyYearsAhead(String digits, int year) {
    Instant read = HttpDate.parse("Sunday, 06-Nov-" + digits + " 08:49:37 GMT", NOW);
    assertThat(read).isEqualTo(Instant.parse(year + "-11-06T08:49:37Z"));
  }

  @Test
  void aDateIsWrittenInTheFirstFormWithWholeSeconds() {
    assertThat(HttpDate.format(Instant.parse("1994-11-06T08:49:37.999Z")))
        .isEqualTo("Sun, 06 Nov 1994 08:49:37 GMT");
  }
}
