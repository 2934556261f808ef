package org.cistern.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9111 sections 5.2.1 and 5.4. */
@DisplayName("SHOULD: directives of requests (RFC 9111 section 5.2.1)")
class RequestDirectivesTest {

  @ParameterizedTest
  @ValueSource(strings = {"nothing-to-see-here", "", ",,", "max-age", "max-age=x", "min-fresh=-1"})
  void whatSaysNothingIsTheOneConstant(String value) {
    assertThat(read("Cache-Control", value)).isSameAs(RequestDirectives.NONE);
  }

  @Test
  void aRequestWithoutTheFieldIsTheOneConstant() {
    assertThat(read("Pragma", "foo")).isSameAs(RequestDirectives.NONE);
    assertThat(read()).isSameAs(RequestDirectives.NONE);
  }

  @Test
  void namesAreReadWithoutCaseAndOverSeveralLines() {
    RequestDirectives read = read("Cache-Control", "NO-Cache, x", "cache-control", "No-Store");
    assertThat(read.noCache()).isTrue();
    assertThat(read.noStore()).isTrue();
  }

  @Test
  void maxStaleWithoutAValueAcceptsEverything() {
    assertThat(read("Cache-Control", "max-stale").maxStale()).hasValue(DeltaSeconds.MAX);
    assertThat(read("Cache-Control", "max-stale=5").maxStale()).hasValue(5);
  }

  @Test
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
  void pragmaCountsOnlyWithoutCacheControl() {
    assertThat(read("Pragma", "x, No-Cache").noCache()).isTrue();
    assertThat(read("Pragma", "no-cache", "Cache-Control", "x").noCache()).isFalse();
  }

  @Test
  void aDirectiveInsideAQuotedStringIsNone() {
    RequestDirectives read = read("Cache-Control", "x=\"no-cache, no-store\", only-if-cached");
    assertThat(read.noCache()).isFalse();
    assertThat(read.noStore()).isFalse();
    assertThat(read.onlyIfCached()).isTrue();
  }

  private static RequestDirectives read(String... fields) {
    return RequestDirectives.of(Headers.of(fields));
  }
}
