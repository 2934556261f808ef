package org.cistern.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.cistern.http.Headers;
import org.cistern.http.uri.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9111 section 4.1: calculating cache keys with Vary. */
class VariantsTest {

  @Test
  void anAnswerThatDoesNotVaryMatchesEveryRequest() {
    assertThat(Variants.matches(answer(Headers.empty()), Headers.of("Foo", "1"))).isTrue();
  }

  @Test
  void aNameAbsentOnOneSideOnlyDoesNotMatch() {
    assertThat(Variants.matches(answer(Headers.of("Foo", "1"), "foo"), Headers.empty())).isFalse();
    assertThat(Variants.matches(answer(Headers.empty(), "foo"), Headers.of("Foo", "1"))).isFalse();
    assertThat(Variants.matches(answer(Headers.empty(), "foo"), Headers.empty())).isTrue();
  }

  @Test
  void anEmptyValueIsNotAnAbsentOne() {
    assertThat(Variants.matches(answer(Headers.of("Foo", ""), "foo"), Headers.empty())).isFalse();
  }

  @Test
  void linesOfCookieAreWhatOneLineWithSemicolonsIsAndNoneWithCommas() {
    Answer stored = answer(Headers.of("Cookie", "a=1", "Cookie", "b=2"), "cookie");
    assertThat(Variants.matches(stored, Headers.of("Cookie", "a=1; b=2"))).isTrue();
    assertThat(Variants.matches(stored, Headers.of("cookie", "a=1", "cookie", "b=2"))).isTrue();
    assertThat(Variants.matches(stored, Headers.of("Cookie", "a=1, b=2"))).isFalse();
  }

  @Test
  void everyNameMustMatch() {
    Answer stored = answer(Headers.of("Foo", "1", "Bar", "abc"), "bar", "foo");
    assertThat(Variants.matches(stored, Headers.of("Bar", "abc", "Foo", "1"))).isTrue();
    assertThat(Variants.matches(stored, Headers.of("Foo", "1", "Bar", "abcde"))).isFalse();
  }

  @Test
  void aStarNeverMatches() {
    Answer stored = answer(Headers.of("Foo", "1"), "*", "foo");
    assertThat(Variants.matches(stored, Headers.of("Foo", "1"))).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Foo|1, 2|1,2",
        "Foo|1, 2|' 1 ,  2 '",
        "Accept-Language|en, de|de, en",
        "Accept-Language|en, de|eN, De",
        "Accept-Language|en, de|' en  ,de'",
        "Accept-Language|en;q=0.5, de|de;q=1.0, en; q=0.500",
        "Accept-Encoding|gzip, br|br, x-gzip",
      })
  void spellingsThatMeanTheSameMatch(String name, String stored, String asked) {
    Answer answer = answer(Headers.of(name, stored), name.toLowerCase(Locale.ROOT));
    assertThat(Variants.matches(answer, Headers.of(name, asked))).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Foo|a|A",
        "Foo|1, 2|2, 1",
        "Foo|'\"a, b\"'|'\"a,b\"'",
        "Accept-Language|en, de|en, de;q=0.5",
        "Accept-Language|en;q=bad|en",
        "Authorization|a, b|a,b",
      })
  void spellingsThatMayMeanSomethingElseDoNot(String name, String stored, String asked) {
    Answer answer = answer(Headers.of(name, stored), name.toLowerCase(Locale.ROOT));
    assertThat(Variants.matches(answer, Headers.of(name, asked))).isFalse();
  }

  @Test
  void severalLinesOfOneNameAreOneList() {
    Answer answer = answer(Headers.of("Foo", "1, 2"), "foo");
    assertThat(Variants.matches(answer, Headers.of("Foo", "1", "Foo", "2"))).isTrue();
  }

  @Test
  void anAnswerInTheFavouriteLanguageIsSelectedForAnotherListOfLanguages() {
    Answer german = german(Headers.of("Accept-Language", "en, de"));
    assertThat(Variants.matches(german, Headers.of("Accept-Language", "fr;q=0.5, DE"))).isTrue();
    assertThat(Variants.matches(german, Headers.of("Accept-Language", "fr, de"))).isFalse();
    assertThat(Variants.matches(german, Headers.of("Accept-Language", "de;q=0"))).isFalse();
  }

  @Test
  void oneCookieCanSelectAndTheOthersDoNot() {
    Answer answer = answer(Headers.of("Cookie", "a=1; b=2"), "cookie:b");
    assertThat(Variants.matches(answer, Headers.of("Cookie", "b=2; a=9"))).isTrue();
    assertThat(Variants.matches(answer, Headers.of("Cookie", "a=1; b=3"))).isFalse();
    assertThat(Variants.matches(answer, Headers.of("Cookie", "a=1"))).isFalse();
  }

  @Test
  void noValueCanImitateTheIdOfAnother() {
    String one = Variants.id(List.of("a", "b"), Headers.of("a", "1;1:b1=2"));
    String two = Variants.id(List.of("a", "b"), Headers.of("a", "1", "b", "2"));
    assertThat(one).isNotEqualTo(two);
    assertThat(Variants.id(List.of(), Headers.empty())).isEmpty();
  }

  @Property
  void whatWasStoredForARequestIsFoundByTheSameRequest(
      @ForAll String foo, @ForAll String language) {
    Headers request = Headers.of("Foo", foo, "Accept-Language", language);
    assertThat(Variants.matches(answer(request, "accept-language", "foo"), request)).isTrue();
  }

  @Property
  void theNormalFormIsItsOwnNormalForm(@ForAll String value) {
    List<String> vary = List.of("foo");
    Headers once = Variants.varied(Headers.of("Foo", value), vary);
    assertThat(Variants.varied(once, vary)).isEqualTo(once);
  }

  private static Answer answer(Headers request, String... vary) {
    return answer(request, Headers.empty(), List.of(vary));
  }

  private static Answer german(Headers request) {
    return answer(request, Headers.of("Content-Language", "de"), List.of("accept-language"));
  }

  private static Answer answer(Headers request, Headers headers, List<String> vary) {
    return new Answer(
        new Target("http", "example.org", "/", null),
        "GET",
        200,
        headers,
        Body.empty(),
        Instant.EPOCH,
        Instant.EPOCH,
        Variants.varied(request, vary),
        vary,
        Set.of(),
        "rule",
        null,
        Instant.MAX,
        new Position(1, 0));
  }
}
