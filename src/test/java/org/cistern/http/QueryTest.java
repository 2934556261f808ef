package org.cistern.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryTest {

  @ParameterizedTest
  @CsvSource({
    "b=1&a=2&b=0, a=2&b=1&b=0",
    "b&%61=2&a=1&A, A&%61=2&a=1&b",
    "&b=1&&a=2&, a=2&b=1",
    "a=, a=",
    "a&a=, a&a="
  })
  void isSortedByNameAndKeepsTheOrderOfOneName(String raw, String sorted) {
    assertThat(Query.of(raw).sorted().text()).isEqualTo(sorted);
  }

  @Test
  void isChosenByDecodedNamesSoThatEscapesHideNothing() {
    Query query = Query.of("id=1&%69d=2&utm%5Fsource=3&a+b=4&x%=5&id%=6");

    assertThat(query.keep(Set.of("id")).text()).isEqualTo("id=1&%69d=2");
    assertThat(query.drop(Set.of("utm_source", "a b")).text()).isEqualTo("id=1&%69d=2&x%=5&id%=6");
    assertThat(query.all("id")).extracting(Query.Parameter::value).containsExactly("1", "2");
    assertThat(query.keep(Set.of("x%")).text()).isEqualTo("x%=5");
  }

  @Test
  void neverLosesWhatASemicolonMayHide() {
    Query query = Query.of("utm=1;id=2&id=3&x=4;id=5");

    assertThat(query.drop(Set.of("utm")).text()).isEqualTo("utm=1;id=2&id=3&x=4;id=5");
    assertThat(query.keep(Set.of("id")).text()).isEqualTo("utm=1;id=2&id=3&x=4;id=5");
  }

  @Test
  void tellsAParameterWithoutValueFromAnEmptyOne() {
    assertThat(Query.of("a").all("a").get(0).value()).isNull();
    assertThat(Query.of("a=").all("a").get(0).value()).isEmpty();
    assertThat(Query.of(null).parameters()).isEmpty();
  }

  @Property
  void isTheSameTextAgainWhereNothingIsChosen(@ForAll String raw) {
    assertThat(Query.of(raw).text()).isEqualTo(raw);
  }

  @Property
  void sortingTwiceIsSortingOnce(@ForAll("queries") String raw) {
    Query once = Query.of(raw).sorted();
    assertThat(Query.of(once.text()).sorted()).isEqualTo(once);
  }

  @Property
  void sortingKeepsWhatEachNameSaysInItsOrder(@ForAll("queries") String raw) {
    Query sorted = Query.of(raw).sorted();
    for (String name : List.of("a", "b", "é", "a b")) {
      assertThat(sorted.all(name)).isEqualTo(Query.of(raw).all(name));
    }
  }

  @Property
  void whatIsKeptAndWhatIsDroppedAreTheWholeWithoutSemicolons(@ForAll("queries") String raw) {
    Query query = Query.of(raw.replace(";", ""));
    int kept = query.keep(Set.of("a")).parameters().size();
    int dropped = query.drop(Set.of("a")).parameters().size();
    assertThat(kept + dropped).isEqualTo(query.sorted().parameters().size());
  }

  @Provide
  Arbitrary<String> queries() {
    return Arbitraries.of(
            "a", "b", "%61", "%C3%A9", "+", "%20", "=", "=1", "=2", "&", "&", "&", ";", "%")
        .list()
        .ofMaxSize(12)
        .map(parts -> String.join("", parts));
  }
}
