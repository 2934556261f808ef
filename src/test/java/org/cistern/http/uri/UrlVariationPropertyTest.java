package org.cistern.http.uri;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.cistern.http.structured.StructuredValue;
import org.jspecify.annotations.Nullable;

/** Against the comparison of the draft, step by step as it has it (section 6). */
class UrlVariationPropertyTest {

  /** A field as written, and what it means. */
  record Word(boolean keyOrder, boolean except, Set<String> names) {

    UrlVariation read() {
      UrlVariation read = UrlVariation.parse(List.of(line()));
      if (read == null) {
        throw new AssertionError(line());
      }
      return read;
    }

    private String line() {
      String list =
          names.stream().map(StructuredValue::quote).collect(Collectors.joining(" ", "(", ")"));
      return (except ? "except=" : "params=") + list + (keyOrder ? ", key-order" : "");
    }

    boolean isDefault() {
      return !keyOrder && !except && names.isEmpty();
    }
  }

  /** A name with its value. */
  record Pair(String name, String value) {}

  @Property(tries = 5000)
  void twoQueriesAreOneOnlyWhereTheDraftTakesThemForOne(
      @ForAll("words") Word word,
      @ForAll("wildQueries") @Nullable String one,
      @ForAll("wildQueries") @Nullable String other,
      @ForAll boolean sorted) {
    String normal = word.read().normal(one, Set.of(), false);
    if (normal.equals(word.read().normal(other, Set.of(), false))) {
      assertThat(counting(word, one)).isEqualTo(counting(word, other));
    }
  }

  @Property(tries = 5000)
  void plainQueriesAreOneWhereverTheDraftTakesThemForOne(
      @ForAll("plainWords") Word word,
      @ForAll("plainQueries") @Nullable String one,
      @ForAll("plainQueries") @Nullable String other) {
    String normal = word.read().normal(one, Set.of(), false);
    assertThat(normal.equals(word.read().normal(other, Set.of(), false)))
        .isEqualTo(counting(word, one).equals(counting(word, other)));
  }

  /** Of queries that are one because of their order a rule that sorts makes nothing else. */
  @Property(tries = 3000)
  void sortingTakesNoParameterAway(
      @ForAll("words") Word word,
      @ForAll("wildQueries") @Nullable String one,
      @ForAll("wildQueries") @Nullable String other) {
    String normal = word.read().normal(one, Set.of(), true);
    if (normal.equals(word.read().normal(other, Set.of(), true))) {
      Word anyOrder = new Word(true, word.except, word.names);
      assertThat(counting(anyOrder, one)).isEqualTo(counting(anyOrder, other));
    }
  }

  @Property
  void anyTextIsReadOrNot(@ForAll("fields") String field, @ForAll @Nullable String query) {
    UrlVariation read = UrlVariation.parse(List.of(field));
    if (read != null) {
      assertThat(read.text()).hasSizeLessThanOrEqualTo(1000);
      assertThat(read.normal(query, Set.of(), true)).isNotNull();
    }
  }

  private static List<Pair> counting(Word word, @Nullable String query) {
    List<Pair> pairs = new ArrayList<>(pairs(query));
    pairs.removeIf(pair -> word.except != word.names.contains(pair.name));
    if (word.keyOrder) {
      pairs.sort(Comparator.comparing(Pair::name));
    }
    return pairs;
  }

  /** The parser of forms, as browsers have it. */
  private static List<Pair> pairs(@Nullable String query) {
    List<Pair> pairs = new ArrayList<>();
    for (String part : query == null ? new String[0] : query.split("&", -1)) {
      if (!part.isEmpty()) {
        int equals = part.indexOf('=');
        String name = equals < 0 ? part : part.substring(0, equals);
        String value = equals < 0 ? "" : part.substring(equals + 1);
        pairs.add(new Pair(FormText.decode(name), FormText.decode(value)));
      }
    }
    return pairs;
  }

  @Provide
  Arbitrary<Word> words() {
    return words("a", "b", "A", "a.", "=", "");
  }

  @Provide
  Arbitrary<Word> plainWords() {
    return words("a", "b", "=", "");
  }

  private static Arbitrary<Word> words(String... some) {
    Arbitrary<Set<String>> names = Arbitraries.of(some).set().ofMaxSize(3).map(HashSet::new);
    return Combinators.combine(Arbitraries.of(true, false), Arbitraries.of(true, false), names)
        .as(Word::new)
        .filter(word -> !word.isDefault());
  }

  @Provide
  Arbitrary<@Nullable String> wildQueries() {
    return joined(
        "a", "b", "A", "=", "&", "%61", "%f6", "%f7", "%26", "%3D", "%", "?", "+", ";", "[", "]",
        ".", "1");
  }

  /** Nothing that origins differ about, and no two names that some take for one. */
  @Provide
  Arbitrary<@Nullable String> plainQueries() {
    return joined("a", "b", "=", "&", "%61", "%26", "%3D", "%2B", "1");
  }

  private static Arbitrary<@Nullable String> joined(String... pieces) {
    return Arbitraries.of(pieces)
        .list()
        .ofMaxSize(8)
        .map(list -> String.join("", list))
        .injectNull(0.1);
  }

  @Provide
  Arbitrary<String> fields() {
    Arbitrary<String> pieces =
        Arbitraries.of(
            "key-order",
            "params",
            "except",
            "=",
            "(",
            ")",
            "\"a\"",
            "\"\"",
            "\"%\"",
            "?0",
            "?1",
            ", ",
            " ",
            ";p",
            "1",
            "new");
    return pieces.list().ofMaxSize(12).map(list -> String.join("", list));
  }
}
