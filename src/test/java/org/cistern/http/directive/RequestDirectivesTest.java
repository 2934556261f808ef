package org.cistern.http.directive;

import static org.assertj.core.api.Assertions.assertThat;

import org.cistern.http.Headers;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Directives of requests (RFC 9111 sections 5.2.1 and 5.4)")
class RequestDirectivesTest {

  @Nested
  @DisplayName("MUST: what a cache has to do")
  class Must {

    @Test
    @DisplayName("5.2: names are read without case, and all lines are one list")
    void namesAreReadWithoutCaseAndOverSeveralLines() {
      RequestDirectives read = read("Cache-Control", "NO-Cache, x", "cache-control", "No-Store");
      assertThat(read.noCache()).isTrue();
      assertThat(read.noStore()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"nothing-to-see-here", "", ",,", "max-age", "max-age=x", "min-fresh=-1"})
    @DisplayName("5.2.3: what is not known, or has no valid value, is ignored")
    void whatSaysNothingIsTheOneConstant(String value) {
      assertThat(read("Cache-Control", value)).isSameAs(RequestDirectives.NONE);
    }

    @Test
    @DisplayName("5.2: without the field nothing is said")
    void aRequestWithoutTheFieldIsTheOneConstant() {
      assertThat(read("Pragma", "foo")).isSameAs(RequestDirectives.NONE);
      assertThat(read()).isSameAs(RequestDirectives.NONE);
    }

    @Test
    @DisplayName("5.2: what stands inside a quoted string is no directive")
    void aDirectiveInsideAQuotedStringIsNone() {
      RequestDirectives read = read("Cache-Control", "x=\"no-cache, no-store\", only-if-cached");
      assertThat(read.noCache()).isFalse();
      assertThat(read.noStore()).isFalse();
      assertThat(read.onlyIfCached()).isTrue();
    }

    @Test
    @DisplayName("5.2.1.5: no-store is seen beside anything")
    void noStoreIsSeenBesideAnything() {
      for (String line :
          new String[] {"no-store", "x=\"a, b\",no-store", "max-age=x, no-store=1"}) {
        assertThat(read("Cache-Control", line).noStore()).as(line).isTrue();
      }
    }

    @Test
    @DisplayName("1.2.2: a number that is too large is 2^31")
    void tooManySecondsAreThoseThatFit() {
      String most = "99999999999999999999999999";
      RequestDirectives read =
          read("Cache-Control", "max-age=" + most + ", min-fresh=" + most + ", max-stale=" + most);
      assertThat(read.maxAge()).hasValue(DeltaSeconds.MAX);
      assertThat(read.minFresh()).hasValue(DeltaSeconds.MAX);
      assertThat(read.maxStale()).hasValue(DeltaSeconds.MAX);
    }
  }

  @Nested
  @DisplayName("SHOULD: what a cache does unless it has a reason")
  class Should {

    @Test
    @DisplayName("4.2.1: of a directive given twice the stricter counts")
    void ofADirectiveGivenTwiceTheStricterCounts() {
      RequestDirectives read =
          read(
              "Cache-Control",
              "max-age=9, max-age=3, min-fresh=1, min-fresh=4, max-stale, max-stale=2");
      assertThat(read.maxAge()).hasValue(3);
      assertThat(read.minFresh()).hasValue(4);
      assertThat(read.maxStale()).hasValue(2);
    }

    @Test
    @DisplayName("5.2: a value counts as a token and as a quoted string")
    void bothFormsOfAValueAreAccepted() {
      for (String line :
          new String[] {"max-age=5, min-fresh=7", "max-age=\"5\", min-fresh=\"7\""}) {
        assertThat(read("Cache-Control", line).maxAge()).as(line).hasValue(5);
        assertThat(read("Cache-Control", line).minFresh()).as(line).hasValue(7);
      }
    }

    @Test
    @DisplayName("5.2.1.6: no-transform is heard")
    void noTransformIsHeard() {
      assertThat(read("Cache-Control", "No-Transform").noTransform()).isTrue();
      assertThat(read("Cache-Control", "max-age=5").noTransform()).isFalse();
    }
  }

  @Nested
  @DisplayName("MAY: what a cache is free to do")
  class May {

    @Test
    @DisplayName("5.2.1.2: max-stale without a value accepts any staleness")
    void maxStaleWithoutAValueAcceptsEverything() {
      assertThat(read("Cache-Control", "max-stale").maxStale()).hasValue(DeltaSeconds.MAX);
      assertThat(read("Cache-Control", "max-stale=5").maxStale()).hasValue(5);
    }

    @Test
    @DisplayName("5.4: Pragma counts only where Cache-Control is absent")
    void pragmaCountsOnlyWithoutCacheControl() {
      assertThat(read("Pragma", "x, No-Cache").noCache()).isTrue();
      assertThat(read("Pragma", "no-cache", "Cache-Control", "x").noCache()).isFalse();
    }
  }

  private static RequestDirectives read(String... fields) {
    return RequestDirectives.of(Headers.of(fields));
  }
}
