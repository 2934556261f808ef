package org.cistern.http.uri;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.cistern.http.Headers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** draft-ietf-httpbis-no-vary-search-10, sections 5 and 6. */
class UrlVariationTest {

  private static @Nullable UrlVariation read(String... lines) {
    return UrlVariation.parse(List.of(lines));
  }

  private static UrlVariation said(String line) {
    UrlVariation read = read(line);
    assertThat(read).as(line).isNotNull();
    return read == null ? said("key-order") : read;
  }

  private static String normal(String line, @Nullable String query) {
    return said(line).normal(query, Set.of(), false);
  }

  private static void same(String line, @Nullable String one, @Nullable String other) {
    assertThat(normal(line, one)).isEqualTo(normal(line, other));
  }

  private static void different(String line, @Nullable String one, @Nullable String other) {
    assertThat(normal(line, one)).isNotEqualTo(normal(line, other));
  }

  @DisplayName("5.1 MUST: what is not as it should be is as good as absent, all of it")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "key-order=\"not a boolean\"",
        "key-order=1",
        "params=\"not an inner list\"",
        "params=(not-a-string)",
        "params=(\"a\" 1)",
        "params=(\"a\"), except=(\"x\")",
        "params=(), except=()",
        "params=?0, except=(\"x\")",
        "except=\"not an inner list\"",
        "except=(not-a-string)",
        "except=?1",
        "except",
        "params, except=?1",
        "params=(\"a\"), key-order=yes",
        "params=(\"a\"",
        "params=(\"a\"),",
        "",
        "Params=(\"a\")"
      })
  void whatIsNotWellFormedSaysNothing(String line) {
    assertThat(read(line)).isNull();
  }

  @DisplayName("5.1 MUST: what holds without the field says nothing either")
  @ParameterizedTest
  @ValueSource(strings = {"params=()", "key-order=?0", "params=?0", "unknown-key", "unknown=(1)"})
  void theDefaultSaysNothing(String line) {
    assertThat(read(line)).isNull();
  }

  @DisplayName(
      "5.1 MUST: unknown keys and parameters of values are passed over, the last key counts")
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "key-order=?1|key-order",
        "except=(\"x\"), key-order|key-order, except=(\"x\")",
        "key-order, new=(1 2);p|key-order",
        "params=(\"a\";b \"c\");d=1|params=(\"c\" \"a\" \"c\")",
        "params=(\"b\"), params=(\"a\")|params=(\"a\")",
        "params=(\"%61\" \"+b\")|params=(\"a\" \"%20b\")"
      })
  void oneThingHasSeveralSpellings(String line, String usual) {
    assertThat(said(line)).isEqualTo(said(usual)).hasToString(said(usual).text());
    assertThat(said(line).hashCode()).isEqualTo(said(usual).hashCode());
  }

  @DisplayName("the earlier drafts' params means except=(), also before except")
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "params|except=()",
        "params=?1|except=()",
        "params, except=(\"x\")|except=(\"x\")",
        "params, key-order|except=(), key-order"
      })
  void theSpellingOfEarlierDraftsIsRead(String line, String usual) {
    assertThat(said(line)).isEqualTo(said(usual));
  }

  @Test
  void severalLinesAreOneDictionary() {
    assertThat(read("key-order", "params=(\"a\")")).isEqualTo(said("params=(\"a\"), key-order"));
    assertThat(UrlVariation.of(Headers.of("no-vary-search", "key-order")))
        .isEqualTo(said("key-order"));
    assertThat(UrlVariation.of(Headers.empty())).isNull();
  }

  @Test
  void whatIsTooLongForAKeySaysNothing() {
    assertThat(read("params=(\"" + "a".repeat(990) + "\")")).isNotNull();
    assertThat(read("params=(\"" + "a".repeat(1000) + "\")")).isNull();
  }

  @Test
  void differentWordsAreNotEqual() {
    assertThat(
            List.of(
                said("key-order"),
                said("params=(\"a\")"),
                said("params=(\"a&b\")"),
                said("params=(\"a\" \"b\")"),
                said("params=(\"a\"), key-order"),
                said("except=(\"a\")"),
                said("except=()"),
                said("except=(\"\")")))
        .doesNotHaveDuplicates()
        .extracting(UrlVariation::text)
        .doesNotHaveDuplicates();
  }

  @DisplayName("6 MUST: queries are compared as names and values, whatever is said")
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a=x|%61=%78",
        "a=%C3%A9|a=%c3%a9",
        "a=x&&&&|a=x",
        "a=|a",
        "a=%20|a=+",
        "a=b=c|a=b%3dc",
        "''|&&"
      })
  void spellingsOfOneQueryAreOne(String one, String other) {
    for (String line : List.of("key-order", "params=(\"z\")", "except=(\"a\")")) {
      same(line, one, other);
    }
    same("key-order", null, "");
  }

  @ParameterizedTest
  @CsvSource({
    "a=1, a=2",
    "a=1, b=1",
    "a=1, a=1&a=1",
    "a=1&b, b&a=1",
    "a=%26b, a=&b",
    "a%3Db=, a=b",
    "a=%253D, a=%3D",
    "a=e%CC%81, a=%C3%A9",
    "'', a",
    "'', =",
    "a==, a="
  })
  void otherNamesAndValuesAreOthers(String one, String other) {
    different("params=(\"z\")", one, other);
  }

  @Test
  void bytesThatAreNotUtf8AreNotTakenForOneAnother() {
    different("key-order", "a=%f6", "a=%f7");
    different("key-order", "a=%f6", "a=%ef%bf%bd");
    different("params=(\"a\")", "%f6=1", "%f7=1");
    same("params=(\"a\")", "b=%f6&a=1", "b=%f6&a=2");
  }

  @Test
  void listedParametersDoNotCount() {
    same("params=(\"utm\" \"ref\")", "id=1&utm=a", "ref&utm=b&id=1");
    same("params=(\"utm\")", "%75tm=a", null);
    same("params=(\"%C3%A9+%E6%B0%97\")", "%C3%A9%20%E6%B0%97=3", "%C3%A9+%e6%b0%97=4");
    different("params=(\"utm\")", "id=1&utm=a", "id=2&utm=a");
    different("params=(\"utm\")", "UTM=1", "UTM=2");
    different("params=(\"utm\")", "utm[]=1", "utm[]=2");
  }

  @Test
  void onlyExceptedParametersCountAndWhatSomeTakeForThem() {
    same("except=(\"id\")", "id=1&x=1", "y=2&id=1");
    same("except=()", "anything=1", null);
    different("except=(\"id\")", "id=1", "id=2");
    different("except=(\"id\")", "ID=1", "ID=2");
    different("except=(\"id\")", "id[]=1", "id[]=2");
  }

  @Test
  void theOrderOfNamesCountsUnlessItIsSaid() {
    same("key-order", "b=1&a=2", "a=2&b=1");
    different("key-order", "a=1&a=2", "a=2&a=1");
    different("key-order", "a[]=1&a=2", "a=2&a[]=1");
    different("params=(\"z\")", "b=1&a=2", "a=2&b=1");
    assertThat(said("params=(\"z\")").normal("b=1&a=2", Set.of(), true))
        .isEqualTo(said("params=(\"z\")").normal("a=2&z&b=1", Set.of(), true));
  }

  @Test
  void aQueryThatOriginsReadDifferentlyStandsForItselfAlone() {
    for (String doubtful : List.of("utm=1;id=2", "utm%00=1", "utm%=1", "[utm]=1", "utm[=1")) {
      different("except=()", doubtful, null);
      different("except=()", doubtful, "utm=1");
      different("except=()", doubtful, doubtful + "&");
      assertThat(normal("except=()", doubtful)).isEqualTo("?" + doubtful);
    }
    different("params=(\"a\")", "b;=1", "%3fb;=1");
    different("params=(\"a\")", "%3fb", "b;");
  }

  @Test
  void whatAlwaysCountsCountsWhateverIsSaid() {
    UrlVariation all = said("except=()");
    Set<String> key = Set.of("key");
    assertThat(all.normal("key=1&x=1", key, false)).isEqualTo(all.normal("key=1&x=2", key, false));
    assertThat(all.normal("key=1", key, false)).isNotEqualTo(all.normal("key=2", key, false));
    assertThat(all.normal("KEY=1", key, false)).isNotEqualTo(all.normal("KEY=2", key, false));
  }
}
