package org.cistern.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.cistern.http.directive.DeltaSeconds;
import org.cistern.http.directive.RequestDirectives;
import org.cistern.http.directive.ResponseDirectives;
import org.cistern.http.structured.StructuredDictionary;
import org.cistern.http.structured.StructuredValue;

/** The parsers take any text: none of it makes them fail, and what they give has bounds. */
class ParserPropertyTest {

  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

  @Property
  void directivesOfAnyTextAreBounded(@ForAll("nearlyDirectives") String text) {
    RequestDirectives asked = RequestDirectives.of(Headers.of("Cache-Control", text));
    assertThat(asked.maxAge().orElse(0)).isBetween(0L, DeltaSeconds.MAX);
    for (String name : List.of("Cache-Control", "CDN-Cache-Control")) {
      ResponseDirectives said = ResponseDirectives.of(Headers.of(name, text));
      assertThat(said.maxAge().orElse(0)).isBetween(0L, DeltaSeconds.MAX);
      assertThat(said.sMaxage().orElse(0)).isBetween(0L, DeltaSeconds.MAX);
      assertThat(said.staleIfError().orElse(0)).isBetween(0L, DeltaSeconds.MAX);
    }
  }

  @Property
  void noStoreBehindAnythingWellFormedIsSeen(@ForAll("wellFormed") String directive) {
    String line = directive + ", no-store";
    assertThat(ResponseDirectives.of(Headers.of("Cache-Control", line)).noStore()).isTrue();
    assertThat(RequestDirectives.of(Headers.of("Cache-Control", line)).noStore()).isTrue();
  }

  @Property
  void anyTextIsADateOrNone(@ForAll("nearlyDates") String text) {
    Instant read = HttpDate.parse(text, NOW);
    if (read != null) {
      assertThat(HttpDate.parse(HttpDate.format(read), NOW)).isEqualTo(read);
    }
  }

  @Property
  void whatIsWrittenIsReadAgain(
      @ForAll @LongRange(min = -2_000_000_000L, max = 250_000_000_000L) long at) {
    Instant instant = Instant.ofEpochSecond(at);
    assertThat(HttpDate.parse(HttpDate.format(instant), NOW)).isEqualTo(instant);
  }

  @Property
  void tagsOfAnyTextEqualThemselvesWeakly(@ForAll String text) {
    for (EntityTag tag : EntityTag.list(List.of(text))) {
      assertThat(tag.weaklyEquals(tag)).isTrue();
      assertThat(tag.stronglyEquals(tag)).isEqualTo(!tag.weak());
    }
  }

  @Property
  void onlyAStarAloneIsTheStar(@ForAll("nearlyStars") String text) {
    boolean any = EntityTag.list(List.of(text)).stream().anyMatch(EntityTag::isAny);
    assertThat(any).isEqualTo(text.strip().equals("*"));
  }

  @Provide
  Arbitrary<String> nearlyStars() {
    return Arbitraries.of("*", "\"", "W/", "W", "/", " ").list().ofMaxSize(6).map(this::join);
  }

  private String join(List<String> parts) {
    return String.join("", parts);
  }

  @Property
  void anyTextIsADictionaryOrNone(@ForAll("nearlyDirectives") String text) {
    StructuredDictionary read = StructuredDictionary.parse(text);
    if (read != null) {
      assertThat(read.keys()).allMatch(key -> key.matches("[a-z*][a-z0-9_.*-]*"));
    }
  }

  @Property
  void everyQuotedTextIsReadBack(@ForAll String text) {
    String quoted = StructuredValue.quote(text);
    StructuredDictionary read = StructuredDictionary.parse("d=" + quoted);
    assertThat(read).isNotNull();
  }

  @Provide
  Arbitrary<String> nearlyDirectives() {
    Arbitrary<String> pieces =
        Arbitraries.of(
            "max-age",
            "s-maxage",
            "stale-if-error",
            "no-cache",
            "=",
            "\"",
            "\\",
            ",",
            " ",
            ";",
            "1",
            "99999999999",
            "-",
            ".",
            "(",
            ")",
            "?0",
            ":",
            "@",
            "%",
            "\t",
            "é",
            "a");
    return pieces.list().ofMaxSize(14).map(list -> String.join("", list));
  }

  @Provide
  Arbitrary<String> wellFormed() {
    Arbitrary<String> token = Arbitraries.strings().withCharRange('a', 'z').ofMinLength(1);
    Arbitrary<String> quoted =
        Arbitraries.strings()
            .ascii()
            .filter(text -> text.chars().allMatch(c -> c >= ' ' && c <= '~'))
            .map(text -> '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"');
    return token.flatMap(name -> quoted.map(value -> name + "=" + value));
  }

  @Provide
  Arbitrary<String> nearlyDates() {
    Arbitrary<String> pieces =
        Arbitraries.of(
            "Sun", "Sunday", ", ", " ", "-", ":", "06", "6", "Nov", "1994", "94", "08", "49",
            "GMT");
    Arbitrary<String> shuffled = pieces.list().ofMaxSize(16).map(list -> String.join("", list));
    Arbitrary<String> changed =
        Arbitraries.integers()
            .between(0, 28)
            .flatMap(
                at ->
                    Arbitraries.chars()
                        .ascii()
                        .map(c -> replaced("Sun, 06 Nov 1994 08:49:37 GMT", at, c)));
    return Arbitraries.oneOf(shuffled, changed, Arbitraries.strings());
  }

  private static String replaced(String text, int at, char by) {
    return text.substring(0, at) + by + text.substring(at + 1);
  }
}
