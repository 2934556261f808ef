package org.cistern.freshness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cistern.freshness.Fixture.NOW;
import static org.cistern.freshness.Fixture.asked;
import static org.cistern.freshness.Fixture.get;
import static org.cistern.freshness.Fixture.ok;

import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.cistern.answer.Answer;
import org.cistern.http.Headers;
import org.cistern.rule.Rule;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A rule may, when storing")
class StoringMayTest {

  @Test
  @DisplayName("name the statuses that are kept")
  void statusesAreTheRules() {
    Rule rule = Fixture.rule(l -> l.ttl(Duration.ofMinutes(1)), k -> k.statusCodes(200, 503));
    assertThat(reason(rule, Fixture.received(503))).isEqualTo(Reason.STORED);
    assertThat(reason(rule, Fixture.received(404, "Cache-Control", "max-age=9")))
        .isEqualTo(Reason.STATUS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text/html; charset=utf-8|STORED",
        "TEXT/plain|STORED",
        "application/json|STORED",
        "application/jsonx|CONTENT_TYPE",
        "image/png|CONTENT_TYPE"
      })
  @DisplayName("name the media types that are kept")
  void typesAreTheRules(String type, Reason reason) {
    Rule rule = Fixture.rule(l -> l, k -> k.contentTypes("text/*", "application/json"));
    assertThat(reason(rule, ok("Cache-Control", "max-age=9", "Content-Type", type)))
        .isEqualTo(reason);
  }

  @Test
  @DisplayName("bound the size, known at once or later")
  void sizesAreTheRules() {
    Rule rule = Fixture.rule(l -> l, k -> k.sizes(10, 20));
    assertThat(reason(rule, sized(9, false))).isEqualTo(Reason.TOO_SMALL);
    assertThat(reason(rule, sized(21, false))).isEqualTo(Reason.TOO_LARGE);
    assertThat(reason(rule, sized(20, false))).isEqualTo(Reason.STORED);
    Storing.Keep keep = Objects.requireNonNull(Storing.decide(get(rule), sized(-1, true)).keep());
    assertThat(keep.sized(rule, 21).reason()).isEqualTo(Reason.TOO_LARGE);
    assertThat(keep.sized(rule, 10).keep()).isSameAs(keep);
  }

  @Test
  @DisplayName("refuse what only the close of the connection ends")
  void closeDelimitedIsTheRules() {
    Rule skips = Fixture.rule(l -> l, Fixture.KeepDraft::skipCloseDelimited);
    assertThat(reason(skips, sized(-1, true))).isEqualTo(Reason.CLOSE_DELIMITED);
    assertThat(reason(skips, sized(-1, false))).isEqualTo(Reason.STORED);
  }

  @Test
  @DisplayName("share what Authorization asked for, if it says so in words")
  void sharingIsTheRules() {
    Rule shares = Fixture.rule(l -> l, Fixture.KeepDraft::sharedDespiteAuthorization);
    Asked authorized = get(shares, "Authorization", "Bearer x");
    assertThat(Storing.decide(authorized, ok("Cache-Control", "max-age=9")).reason())
        .isEqualTo(Reason.STORED);
  }

  @Test
  @DisplayName("tag an answer, beside the origin")
  void tagsAreGathered() {
    Rule rule = Fixture.rule(l -> l, k -> k.tags(Set.of("own"), "X-Tags"));
    Answer stored =
        Fixture.stored(
            get(rule),
            ok(
                "Cache-Control", "max-age=9",
                "Cache-Tag", "a b, c",
                "Surrogate-Key", "d  e",
                "xkey", "f",
                "X-Tags", "g,h i",
                "Cache-Groups", "\"j\", k"));
    assertThat(stored.tags())
        .containsExactlyInAnyOrder(
            "own",
            "a b",
            "c",
            "d",
            "e",
            "f",
            "g",
            "h",
            "i",
            "j",
            Tags.ofGroup(Fixture.TARGET, "j"));
  }

  @Test
  @DisplayName("vary on more than the origin says")
  void theNamesOfBothAreKept() {
    Answer stored =
        Fixture.stored(
            get("Foo", " 1 ,2", "Bar", "x"), ok("Cache-Control", "max-age=9", "Vary", "FOO, bar,"));
    assertThat(stored.vary()).containsExactly("bar", "foo");
    assertThat(stored.varied()).isEqualTo(Headers.of("bar", "x", "foo", "1,2"));
  }

  @Test
  @DisplayName("keep an answer to the end of its windows, or an hour to validate it")
  void theEndIsBounded() {
    assertThat(expires("max-age=60, must-revalidate")).isEqualTo(60);
    assertThat(expires("max-age=60")).isEqualTo(60 + 3600);
    assertThat(expires("max-age=60, must-revalidate", "ETag", "\"1\"")).isEqualTo(60 + 3600);
    assertThat(expires("max-age=60, stale-if-error=86400")).isEqualTo(60 + 86400);
    assertThat(expires("no-cache", "ETag", "\"1\"")).isEqualTo(3600);
  }

  @Test
  @DisplayName("keep a user's answer no longer than the proof of who it is")
  void theProofBoundsTheEnd() {
    Rule perUser = Fixture.rule(Fixture.key(true), l -> l, k -> k);
    Asked asked = asked("GET", perUser, "her");
    Asked until =
        new Asked(
            asked.request(), asked.directives(), perUser, "her", NOW.plusSeconds(5), asked.named());
    Answer stored = Fixture.stored(until, ok("Cache-Control", "max-age=60"));
    assertThat(stored.expires()).isEqualTo(NOW.plusSeconds(5));
    assertThat(Freshness.judge(asked, Facts.of(stored, perUser), Standing.GOOD, Fixture.in(5)))
        .isEqualTo(new Verdict.Fetch(Reason.EXPIRED));
  }

  private static long expires(String directives, String... more) {
    Headers.Builder headers = Headers.of(more).toBuilder().add("Cache-Control", directives);
    Received response = new Received(200, headers.build(), 3, false, NOW, NOW);
    return Duration.between(NOW, Fixture.stored(get(), response).expires()).toSeconds();
  }

  private static Received sized(long length, boolean closeDelimited) {
    return new Received(
        200, Headers.of("Cache-Control", "max-age=9"), length, closeDelimited, NOW, NOW);
  }

  private static Reason reason(Rule rule, Received response) {
    return Storing.decide(get(rule), response).reason();
  }
}
