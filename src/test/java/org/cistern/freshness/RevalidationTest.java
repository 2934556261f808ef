package org.cistern.freshness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cistern.freshness.Fixture.FOLLOW;
import static org.cistern.freshness.Fixture.asked;
import static org.cistern.freshness.Fixture.get;
import static org.cistern.freshness.Fixture.in;
import static org.cistern.freshness.Fixture.ok;

import java.util.Objects;
import java.util.Set;
import org.cistern.answer.Answer;
import org.cistern.answer.Position;
import org.cistern.http.Headers;
import org.cistern.http.HttpDate;
import org.cistern.rule.Rule;
import org.cistern.rule.SetCookie;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Validation (RFC 9111 section 4.3)")
class RevalidationTest {

  private static final Position LATER = new Position(7, 9);
  private static final String MODIFIED = "Wed, 01 Jan 2020 00:00:00 GMT";

  private final Answer stored =
      Fixture.stored(
          get(),
          ok(
              "Cache-Control", "max-age=2",
              "ETag", "\"1\"",
              "Content-Length", "3",
              "X", "old",
              "X", "older",
              "Age", "1"));

  private Renewal freshen(String... headers) {
    return Revalidation.freshen(get(), stored, notModified(headers), LATER);
  }

  private static Received notModified(String... headers) {
    Headers.Builder dated = Headers.of(headers).toBuilder().add("Date", HttpDate.format(in(3)));
    return new Received(304, dated.build(), 0, false, in(3), in(3));
  }

  private static Answer kept(Renewal renewal) {
    assertThat(renewal.outcome()).isEqualTo(Renewal.Outcome.KEEP);
    return Objects.requireNonNull(renewal.answer());
  }

  @Nested
  @DisplayName("MUST: what a cache has to do")
  class Must {

    @Test
    @DisplayName("4.3.1: both validators go up as they came, in place of the client's conditions")
    void theConditionsAreOurs() {
      Answer tagged = Fixture.stored(get(), ok("ETag", "unquoted", "Last-Modified", MODIFIED));
      Headers client =
          Headers.of(
              "If-None-Match", "\"x\"", "if-range", "\"x\"", "Range", "bytes=0-1", "Foo", "1");
      assertThat(Revalidation.conditional(client, tagged))
          .isEqualTo(
              Headers.of("Foo", "1", "If-None-Match", "unquoted", "If-Modified-Since", MODIFIED));
    }

    @Test
    @DisplayName("4.3.4, 3.2: fields of the 304 replace all lines of their name, the others stay")
    void fieldsAreReplaced() {
      Answer fresh = kept(freshen("X", "new", "Cache-Control", "max-age=60"));
      assertThat(fresh.headers().all("X")).containsExactly("new");
      assertThat(fresh.headers().first("ETag")).isEqualTo("\"1\"");
      assertThat(fresh.headers().has("Age")).isFalse();
      assertThat(fresh.body()).isSameAs(stored.body());
      assertThat(fresh.status()).isEqualTo(200);
      assertThat(fresh.position()).isEqualTo(LATER);
      assertThat(Facts.of(fresh, FOLLOW).isFresh(in(60).toEpochMilli())).isTrue();
    }

    @Test
    @DisplayName("3.2: what says how the bytes are to be read is never updated")
    void fieldsOfTheBytesStay() {
      Answer fresh =
          kept(freshen("Content-Length", "10", "Content-Encoding", "br", "Content-Range", "x"));
      assertThat(fresh.headers().first("Content-Length")).isEqualTo("3");
      assertThat(fresh.headers().has("Content-Encoding")).isFalse();
      assertThat(fresh.headers().has("Content-Range")).isFalse();
    }

    @Test
    @DisplayName("3.1, DESIGN: neither fields of the hop nor cookies come in by a 304")
    void hopAndCookiesStayOut() {
      Answer fresh =
          kept(freshen("Connection", "y", "Y", "1", "Upgrade", "x", "Set-Cookie", "a=b"));
      assertThat(fresh.headers().has("Y")).isFalse();
      assertThat(fresh.headers().has("Upgrade")).isFalse();
      assertThat(fresh.headers().has("Set-Cookie")).isFalse();
      Rule stores = Fixture.rule(l -> l, k -> k.setCookie(SetCookie.STORE));
      Renewal renewal =
          Revalidation.freshen(get(stores), stored, notModified("Set-Cookie", "a=b"), LATER);
      assertThat(kept(renewal).headers().has("Set-Cookie")).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "\"1\"|\"1\"|KEEP",
          "\"1\"|W/\"1\"|KEEP",
          "\"1\"|\"2\"|MISMATCH",
          "\"1\"||KEEP",
        })
    @DisplayName("4.3.4: a 304 that names another representation updates nothing")
    void theTagIdentifies(String before, String after, Renewal.Outcome outcome) {
      Answer tagged = Fixture.stored(get(), ok("Cache-Control", "max-age=2", "ETag", before));
      Received news = after == null ? notModified() : notModified("ETag", after);
      assertThat(Revalidation.freshen(get(), tagged, news, LATER).outcome()).isEqualTo(outcome);
    }

    @Test
    @DisplayName("4.3.4: without a tag the date of change identifies, in any form")
    void theDateIdentifies() {
      Answer dated = Fixture.stored(get(), ok("Last-Modified", MODIFIED));
      Received same = notModified("Last-Modified", "Wednesday, 01-Jan-20 00:00:00 GMT");
      Received other = notModified("Last-Modified", "Wed, 01 Jan 2020 00:00:01 GMT");
      assertThat(Revalidation.freshen(get(), dated, same, LATER).outcome())
          .isEqualTo(Renewal.Outcome.KEEP);
      assertThat(Revalidation.freshen(get(), dated, other, LATER).outcome())
          .isEqualTo(Renewal.Outcome.MISMATCH);
    }

    @Test
    @DisplayName("8.8.3: a weak tag does not become a strong one without the bytes")
    void weakStaysWeak() {
      Answer weak = Fixture.stored(get(), ok("Cache-Control", "max-age=2", "ETag", "W/\"1\""));
      Renewal renewal = Revalidation.freshen(get(), weak, notModified("ETag", "\"1\""), LATER);
      assertThat(kept(renewal).headers().all("ETag")).containsExactly("W/\"1\"");
    }

    @Test
    @DisplayName("a 304 that may not be stored serves its one client and leaves the stored answer")
    void whatMayNotBeStoredPasses() {
      Renewal renewal = freshen("Cache-Control", "private", "X", "hers");
      assertThat(renewal.outcome()).isEqualTo(Renewal.Outcome.PASS);
      assertThat(renewal.reason()).isEqualTo(Reason.PRIVATE);
      assertThat(Objects.requireNonNull(renewal.answer()).headers().first("X")).isEqualTo("hers");
      Renewal authorized =
          Revalidation.freshen(get("Authorization", "x"), stored, notModified(), LATER);
      assertThat(authorized.reason()).isEqualTo(Reason.AUTHORIZATION);
    }
  }

  @Nested
  @DisplayName("SHOULD: what a cache does unless it has a reason")
  class Should {

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "200|Content-Length|3|KEEP",
          "200|Content-Length|4|MISMATCH",
          "200|ETag|\"1\"|KEEP",
          "200|ETag|\"2\"|MISMATCH",
          "410|ETag|\"2\"|PASS",
        })
    @DisplayName("4.3.5: a HEAD updates what it agrees with, and shows the rest to be stale")
    void headsUpdate(int status, String name, String value, Renewal.Outcome outcome) {
      Asked head = asked("HEAD", FOLLOW, null);
      Received news =
          new Received(
              status,
              Headers.of("Cache-Control", "max-age=9", name, value),
              -1,
              false,
              in(3),
              in(3));
      Renewal renewal = Revalidation.afterHead(head, stored, news, LATER);
      assertThat(renewal.outcome()).isEqualTo(outcome);
      if (outcome == Renewal.Outcome.KEEP) {
        assertThat(kept(renewal).method()).isEqualTo("GET");
        assertThat(kept(renewal).headers().first("Cache-Control")).isEqualTo("max-age=9");
      }
    }
  }

  @Nested
  @DisplayName("MAY: what a cache is free to do")
  class May {

    @Test
    @DisplayName("tags that only the content told stay")
    void tagsStay() {
      Answer tagged = Drafts.tagged(stored, Set.of("from-json"));
      Received news = notModified("Cache-Tag", "new");
      assertThat(kept(Revalidation.freshen(get(), tagged, news, LATER)).tags())
          .containsExactlyInAnyOrder("from-json", "new");
    }
  }
}
