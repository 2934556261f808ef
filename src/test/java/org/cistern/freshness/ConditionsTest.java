package org.cistern.freshness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cistern.freshness.Fixture.NOW;
import static org.cistern.freshness.Fixture.get;
import static org.cistern.freshness.Fixture.received;
import static org.cistern.freshness.Fixture.request;

import org.cistern.answer.Answer;
import org.cistern.freshness.Conditions.Outcome;
import org.cistern.http.Headers;
import org.cistern.http.HttpDate;
import org.cistern.http.uri.Request;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The client's conditions (RFC 9110 section 13)")
class ConditionsTest {

  private static final String MODIFIED = "Sun, 06 Nov 1994 08:49:37 GMT";
  private static final String BEFORE = "Sun, 06 Nov 1994 08:49:36 GMT";
  private static final String AFTER = "Sunday, 06-Nov-94 08:49:38 GMT";

  private final Answer answer =
      stored(200, "ETag", "\"1\"", "Last-Modified", MODIFIED, "Content-Language", "de");

  private Outcome evaluate(String... fields) {
    return evaluate(answer, "GET", fields);
  }

  private static Outcome evaluate(Answer answer, String method, String... fields) {
    Request request = request(method, fields);
    return Conditions.evaluate(request, answer, NOW);
  }

  private static Answer stored(int status, String... headers) {
    Headers all = Headers.of(headers).toBuilder().add("Cache-Control", "max-age=60").build();
    String[] lines = new String[all.size() * 2];
    for (int i = 0; i < all.size(); i++) {
      lines[2 * i] = all.name(i);
      lines[2 * i + 1] = all.value(i);
    }
    return Fixture.stored(get(), received(status, lines));
  }

  @Nested
  @DisplayName("MUST: what a cache has to do")
  class Must {

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "QUERY"})
    @DisplayName("13.1.3: If-Modified-Since is ignored for any method but GET and HEAD")
    void ifModifiedSinceIsOfReadsAlone(String method) {
      assertThat(evaluate(answer, method, "If-Modified-Since", AFTER)).isEqualTo(Outcome.FULL);
      assertThat(evaluate(answer, "HEAD", "If-Modified-Since", AFTER))
          .isEqualTo(Outcome.NOT_MODIFIED);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '~',
        value = {
          "\"1\"|NOT_MODIFIED",
          "W/\"1\"|NOT_MODIFIED",
          "\"0\", \"1\"|NOT_MODIFIED",
          "1|NOT_MODIFIED",
          "*|NOT_MODIFIED",
          "\"2\"|FULL",
          "\"*\"|FULL",
        })
    @DisplayName("13.1.2: If-None-Match compares weakly")
    void ifNoneMatch(String tags, Outcome outcome) {
      assertThat(evaluate("If-None-Match", tags)).isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '~',
        value = {
          "\"1\"|FULL",
          "*|FULL",
          "W/\"1\"|PRECONDITION_FAILED",
          "\"2\"|PRECONDITION_FAILED"
        })
    @DisplayName("13.1.1: If-Match compares strongly")
    void ifMatch(String tags, Outcome outcome) {
      assertThat(evaluate("If-Match", tags)).isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          MODIFIED + "|NOT_MODIFIED",
          AFTER + "|NOT_MODIFIED",
          BEFORE + "|FULL",
          "soon|FULL",
          "0|FULL",
        })
    @DisplayName("13.1.3: If-Modified-Since is read in all forms, and ignored in any other")
    void ifModifiedSince(String date, Outcome outcome) {
      assertThat(evaluate("If-Modified-Since", date)).isEqualTo(outcome);
    }

    @Test
    @DisplayName("13.1.4: If-Unmodified-Since fails after a change")
    void ifUnmodifiedSince() {
      assertThat(evaluate("If-Unmodified-Since", BEFORE)).isEqualTo(Outcome.PRECONDITION_FAILED);
      assertThat(evaluate("If-Unmodified-Since", MODIFIED)).isEqualTo(Outcome.FULL);
    }

    @Test
    @DisplayName("13.2.2: tags go before dates, requirements before validations, ranges last")
    void thePrecedence() {
      assertThat(evaluate("If-None-Match", "\"2\"", "If-Modified-Since", AFTER))
          .isEqualTo(Outcome.FULL);
      assertThat(evaluate("If-Match", "\"1\"", "If-Unmodified-Since", BEFORE))
          .isEqualTo(Outcome.FULL);
      assertThat(evaluate("If-Match", "\"2\"", "If-None-Match", "\"1\""))
          .isEqualTo(Outcome.PRECONDITION_FAILED);
      assertThat(evaluate("Range", "bytes=0-0", "If-None-Match", "\"1\""))
          .isEqualTo(Outcome.NOT_MODIFIED);
    }

    @Test
    @DisplayName("13.2.1: only an answer that would succeed is put to conditions")
    void errorsAreNot() {
      Answer missing = stored(404, "ETag", "\"1\"");
      assertThat(evaluate(missing, "GET", "If-None-Match", "\"1\"")).isEqualTo(Outcome.FULL);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '~',
        value = {
          "\"1\"|PARTIAL",
          "\"2\"|FULL",
          "W/\"1\"|FULL",
          MODIFIED + "|PARTIAL",
          AFTER + "|FULL",
          "soon|FULL",
        })
    @DisplayName("13.1.5: If-Range wants the very same bytes")
    void ifRange(String condition, Outcome outcome) {
      assertThat(evaluate("Range", "bytes=0-0", "If-Range", condition)).isEqualTo(outcome);
    }

    @Test
    @DisplayName("14.2: Range is for GET and 200 alone")
    void rangesAreForGet() {
      assertThat(evaluate("Range", "bytes=0-0")).isEqualTo(Outcome.PARTIAL);
      assertThat(evaluate(answer, "HEAD", "Range", "bytes=0-0")).isEqualTo(Outcome.FULL);
      assertThat(evaluate(stored(203), "GET", "Range", "bytes=0-0")).isEqualTo(Outcome.FULL);
    }

    @Test
    @DisplayName("8.8.2.2: a date of the same second is no strong validator")
    void aYoungDateIsWeak() {
      String now = HttpDate.format(NOW);
      Answer young = stored(200, "Last-Modified", now);
      assertThat(evaluate(young, "GET", "Range", "bytes=0-0", "If-Range", now))
          .isEqualTo(Outcome.FULL);
    }
  }

  @Nested
  @DisplayName("SHOULD: what a cache does unless it has a reason")
  class Should {

    @Test
    @DisplayName("9111-4.3.2: without Last-Modified the answer's Date counts")
    void theDateStandsInForTheChange() {
      Answer plain = stored(200);
      assertThat(evaluate(plain, "GET", "If-Modified-Since", HttpDate.format(NOW)))
          .isEqualTo(Outcome.NOT_MODIFIED);
      assertThat(evaluate(plain, "GET", "If-Modified-Since", HttpDate.format(NOW.minusSeconds(1))))
          .isEqualTo(Outcome.FULL);
    }

    @Test
    @DisplayName("15.4.5: a 304 carries what guides caches, and nothing of the content")
    void theFieldsOfA304() {
      Headers kept =
          Conditions.notModified(
              answer.headers().toBuilder()
                  .add("Content-Length", "3")
                  .add("Content-Location", "/")
                  .build());
      assertThat(kept.has("ETag") && kept.has("Date") && kept.has("Cache-Control")).isTrue();
      assertThat(kept.has("Content-Location")).isTrue();
      assertThat(kept.has("Content-Length") || kept.has("Content-Language")).isFalse();
    }
  }
}
