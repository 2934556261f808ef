package org.cistern.http.directive;

import static org.assertj.core.api.Assertions.assertThat;

import org.cistern.http.Headers;
import org.cistern.http.directive.ResponseDirectives.Source;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Directives of responses (RFC 9111 section 5.2.2, RFC 9213)")
class ResponseDirectivesTest {

  @Nested
  @DisplayName("MUST: what a cache has to do")
  class Must {

    @Test
    @DisplayName("5.2.2: each response counts by its own directives, not by those of another one")
    void responsesInTurnAreToldApart() {
      String padding = "x=\"" + "y".repeat(300) + "\", ";
      for (int i = 0; i < 2; i++) {
        assertThat(read("Cache-Control", "max-age=5").maxAge()).hasValue(5);
        assertThat(read("Cache-Control", "max-age=6").maxAge()).hasValue(6);
        assertThat(read("Cache-Control", padding + "no-store").noStore()).isTrue();
        assertThat(read("Cache-Control", padding + "private").noStore()).isFalse();
        assertThat(read("Cache-Control", "max-age=5", "Cache-Control", "no-store").noStore())
            .isTrue();
        assertThat(read("Cache-Control", "max-age=5").noStore()).isFalse();
      }
    }

    @Test
    @DisplayName("5.2.2: a prohibition stands whatever value it has")
    void aProhibitionStandsWhateverValueItHas() {
      ResponseDirectives read =
          read("Cache-Control", "no-store=1, private , must-revalidate=?, no-cache=\"\"");
      assertThat(read.noStore()).isTrue();
      assertThat(read.isPrivate()).isTrue();
      assertThat(read.mustRevalidate()).isTrue();
      assertThat(read.noCache()).isTrue();
    }

    @Test
    @DisplayName("5.2.2.5: a quote that does not end hides no no-store")
    void aQuoteThatDoesNotEndHidesNothing() {
      assertThat(read("Cache-Control", "x=\"abc, no-store").noStore()).isTrue();
    }

    @Test
    @DisplayName("5.2.2.4, 5.2.2.7: a qualified directive withholds the fields that it names")
    void aQualifiedDirectiveWithholdsTheNamedFieldsAlone() {
      ResponseDirectives read =
          read("Cache-Control", "no-cache=\"A, b\", private=\"c\"", "Cache-Control", "max-age=5");
      assertThat(read.withheld()).containsExactlyInAnyOrder("a", "b", "c");
      assertThat(read.noCache()).isFalse();
      assertThat(read.isPrivate()).isFalse();
      assertThat(read.maxAge()).hasValue(5);
    }

    @Test
    @DisplayName("5.2.2.4, 5.2.2.7: one that names what judging needs counts for the whole")
    void aQualifiedDirectiveThatNamesWhatJudgingNeedsIsUnqualified() {
      assertThat(read("Cache-Control", "no-cache=\"a, ETag\"").noCache()).isTrue();
      assertThat(read("Cache-Control", "private=\"vary\"").isPrivate()).isTrue();
      assertThat(read("Cache-Control", "private, private=\"x\"").isPrivate()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"x", "\"x, y", "x\"", "\"x y\"", "\"x;y\"", "\"x\" y", "=x", "(x)"})
    @DisplayName("5.2.2.4, 5.2.2.7: one whose argument is broken counts for the whole")
    void aDirectiveWithABrokenArgumentIsUnqualified(String argument) {
      assertThat(read("Cache-Control", "max-age=60, private=" + argument).isPrivate()).isTrue();
      assertThat(read("Cache-Control", "max-age=60, no-cache=" + argument).noCache()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"max-age=2147483648", "max-age=2147483649", "max-age=99999999999999999999"})
    @DisplayName("1.2.2: a number that is too large is 2^31")
    void tooManySecondsAreThoseThatFit(String line) {
      assertThat(read("Cache-Control", line).maxAge()).hasValue(2_147_483_648L);
      assertThat(read("Cache-Control", "s-" + line.replace("max-age", "maxage")).sMaxage())
          .hasValue(2_147_483_648L);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "must-revalidate",
          "MUST-REVALIDATE",
          "x, must-revalidate",
          "x=\"y, z\" , Must-Revalidate",
          ",,must-revalidate,"
        })
    @DisplayName("5.2, 5.2.3: names have no case, unknown directives and empty members are ignored")
    void namesHaveNoCaseAndStrangersAreIgnored(String line) {
      ResponseDirectives read = read("Cache-Control", line);
      assertThat(read.mustRevalidate()).isTrue();
      assertThat(read.noStore() || read.noCache() || read.isPrivate()).isFalse();
    }

    @Test
    @DisplayName("5.2: all lines are one list")
    void allLinesAreOneList() {
      ResponseDirectives read =
          read("Cache-Control", "public", "cache-control", "no-transform, proxy-revalidate");
      assertThat(read.isPublic() && read.noTransform() && read.proxyRevalidate()).isTrue();
    }

    @Test
    @DisplayName("9213-2.2: the nearest targeted field that is valid decides alone")
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
    @ValueSource(
        strings = {"max-age =100", "", "MaX-aGe=100", "max-age=100,", "a b", "&&&", "x=(1"})
    @DisplayName("9213-2.1: a targeted field that is not a dictionary, or is empty, is ignored")
    void aTargetedFieldThatIsNotADictionaryIsIgnored(String line) {
      ResponseDirectives read = read("CDN-Cache-Control", line, "Cache-Control", "max-age=1");
      assertThat(read.maxAge()).hasValue(1);
    }

    @Test
    @DisplayName("5.4: Pragma means nothing in a response")
    void pragmaMeansNothing() {
      assertThat(read("Pragma", "no-cache")).isSameAs(ResponseDirectives.NONE);
    }
  }

  @Nested
  @DisplayName("SHOULD: what a cache does unless it has a reason")
  class Should {

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
    @DisplayName("5.2, 4.2.1: a lifetime is read as token and as string, of two the first")
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
    @DisplayName("4.2.1: an invalid lifetime is stale")
    void anInvalidLifetimeIsStale(String line) {
      assertThat(read("Cache-Control", line).maxAge()).hasValue(0);
    }

    @Test
    @DisplayName("9213-2.1: so is a targeted one of another type")
    void aTargetedLifetimeOfAnotherTypeIsStale() {
      assertThat(read("CDN-Cache-Control", "max-age=\"100\"").maxAge()).hasValue(0);
      assertThat(read("CDN-Cache-Control", "max-age=1.5").maxAge()).hasValue(0);
      assertThat(read("CDN-Cache-Control", "max-age=99999999999").maxAge())
          .hasValue(DeltaSeconds.MAX);
    }
  }

  @Nested
  @DisplayName("MAY: what a cache is free to do")
  class May {

    @Test
    @DisplayName("5861-3, 5861-4: an invalid stale window is none")
    void anInvalidStaleWindowIsNone() {
      ResponseDirectives read =
          read("Cache-Control", "stale-while-revalidate=x, stale-if-error=-1");
      assertThat(read.staleWhileRevalidate()).isEmpty();
      assertThat(read.staleIfError()).isEmpty();
    }

    @Test
    @DisplayName("9213-2.1: a targeted false is absent, parameters are passed over")
    void aTargetedFalseIsAbsent() {
      assertThat(read("CDN-Cache-Control", "no-store=?0, max-age=1").noStore()).isFalse();
      assertThat(read("CDN-Cache-Control", "no-store;x=1").noStore()).isTrue();
    }
  }

  private static ResponseDirectives read(String... fields) {
    return ResponseDirectives.of(Headers.of(fields));
  }
}
