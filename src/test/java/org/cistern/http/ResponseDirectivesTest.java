package org.cistern.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.cistern.http.ResponseDirectives.Source;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9111 sections 4.2.1 and 5.2.2; RFC 9213. */
@DisplayName("MUST: directives of responses (RFC 9111 section 5.2.2, RFC 9213)")
class ResponseDirectivesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "max-age=3600|3600",
        "MaX-aGe=3600|3600",
        "max-age=003600|3600",
        "max-age=\"3600\"|3600",
        "foobar, max-age=3600|3600",
        "x=\"max-age=1\", max-age=7|7",
        "max-age=7, x=\"max-age=1\"|7",
        "x=\"a\\\"b, max-age=1\", max-age=7|7",
        "max-age=1800, max-age=1|1800",
        "max-age=99999999999|2147483648",
        "max-age=99999999999999999999999999|2147483648",
      })
  void aLifetimeIsReadHoweverItIsSpelt(String line, long seconds) {
    assertThat(read("Cache-Control", line).maxAge()).hasValue(seconds);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "max-age=-3600",
        "max-age='3600'",
        "max-age=3600.5",
        "max-age=3600a",
        "max-age =3600",
        "max-age= 3600",
        "max-age",
        "max-age=",
        "max-age=\"36\"x",
        "max-age=\"3600",
        "max-age=x, max-age=60",
      })
  void anInvalidLifetimeIsStale(String line) {
    assertThat(read("Cache-Control", line).maxAge()).hasValue(0);
  }

  @Test
  void aQuoteThatDoesNotEndHidesNothing() {
    assertThat(read("Cache-Control", "x=\"abc, no-store").noStore()).isTrue();
  }

  @Test
  void anInvalidStaleWindowIsNone() {
    ResponseDirectives read = read("Cache-Control", "stale-while-revalidate=x, stale-if-error=-1");
    assertThat(read.staleWhileRevalidate()).isEmpty();
    assertThat(read.staleIfError()).isEmpty();
  }

  @Test
  void aProhibitionStandsWhateverValueItHas() {
    ResponseDirectives read =
        read("Cache-Control", "no-store=1, private , must-revalidate=?, no-cache=\"\"");
    assertThat(read.noStore()).isTrue();
    assertThat(read.isPrivate()).isTrue();
    assertThat(read.mustRevalidate()).isTrue();
    assertThat(read.noCache()).isTrue();
  }

  @Test
  void aQualifiedDirectiveWithholdsTheNamedFieldsAlone() {
    ResponseDirectives read =
        read("Cache-Control", "no-cache=\"A, b\", private=\"c\"", "Cache-Control", "max-age=5");
    assertThat(read.withheld()).containsExactlyInAnyOrder("a", "b", "c");
    assertThat(read.noCache()).isFalse();
    assertThat(read.isPrivate()).isFalse();
    assertThat(read.maxAge()).hasValue(5);
  }

  @Test
  void aQualifiedDirectiveThatNamesWhatJudgingNeedsIsUnqualified() {
    assertThat(read("Cache-Control", "no-cache=\"a, ETag\"").noCache()).isTrue();
    assertThat(read("Cache-Control", "private=\"vary\"").isPrivate()).isTrue();
    assertThat(read("Cache-Control", "private, private=\"x\"").isPrivate()).isTrue();
  }

  @Test
  void theNearestTargetedFieldThatIsValidDecidesAlone() {
    String[] all = {
      "Cache-Control",
      "max-age=1",
      "CDN-Cache-Control",
      "max-age=2",
      "Cistern-Cache-Control",
      "max-age=3"
    };
    assertThat(read(all).maxAge()).hasValue(3);
    assertThat(read("Cache-Control", "no-store", "CDN-Cache-Control", "foo").noStore()).isFalse();
    assertThat(read("CDN-Cache-Control", "foo").source()).isEqualTo(Source.CDN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"max-age =100", "", "MaX-aGe=100", "max-age=100,", "a b", "&&&", "x=(1"})
  void aTargetedFieldThatIsNotADictionaryIsIgnored(String line) {
    ResponseDirectives read = read("CDN-Cache-Control", line, "Cache-Control", "max-age=1");
    assertThat(read.maxAge()).hasValue(1);
  }

  @Test
  void aTargetedLifetimeOfAnotherTypeIsStale() {
    assertThat(read("CDN-Cache-Control", "max-age=\"100\"").maxAge()).hasValue(0);
    assertThat(read("CDN-Cache-Control", "max-age=1.5").maxAge()).hasValue(0);
    assertThat(read("CDN-Cache-Control", "max-age=99999999999").maxAge())
        .hasValue(DeltaSeconds.MAX);
  }

  @Test
  void aTargetedFalseIsAbsent() {
    assertThat(read("CDN-Cache-Control", "no-store=?0, max-age=1").noStore()).isFalse();
    assertThat(read("CDN-Cache-Control", "no-store;x=1").noStore()).isTrue();
  }

  @Test
  void pragmaMeansNothing() {
    assertThat(read("Pragma", "no-cache")).isSameAs(ResponseDirectives.NONE);
  }

  private static ResponseDirectives read(String... fields) {
    return ResponseDirectives.of(Headers.of(fields));
  }
}
