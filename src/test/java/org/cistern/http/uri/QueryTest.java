package org.cistern.http.uri;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
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
    "b&%61=2&a=1&A, %61=2&a=1&A&b",
    "&b=1&&a=2&, a=2&b=1",
    "a=, a=",
    "a&a=, a&a=",
    "a[]=2&a=1&a.b=4&A_b=5&a=3, a[]=2&a=1&a=3&a.b=4&A_b=5",
    "b=1;a=2&a=3, b=1;a=2&a=3",
    "b&a%zz, b&a%zz"
  })
  void isSortedByNameAndKeepsTheOrderOfOneName(String raw, String sorted) {
    assertThat(Query.of(raw).sorted().text()).isEqualTo(sorted);
  }

  @Test
  void isChosenByDecodedNamesSoThatEscapesHideNothing() {
    Query query = Query.of("id=1&%69d=2&utm%5Fsource=3&a+b=4&x%=5&id%=6");

    assertThat(query.keep(Set.of("id")).text()).isEqualTo("id=1&%69d=2&x%=5&id%=6");
    assertThat(query.all("id")).extracting(Query.Parameter::value).containsExactly("1", "2");
    assertThat(query.keep(Set.of("a b")).text()).isEqualTo("a+b=4&x%=5&id%=6");
  }

  @Test
  void leavesOutOnlyWhatIsWrittenAsTheRuleNamesIt() {
    Query query = Query.of("utm=1&%75tm=2&utm[]=3&utm=4&Utm=5&utm+=6&utm%00=7&utm");

    assertThat(query.drop(Set.of("utm")).text()).isEqualTo("%75tm=2&utm[]=3&Utm=5&utm+=6&utm%00=7");
  }

  @Test
  void keepsWhatSomeOriginMayReadUnderTheName() {
    Query query =
        Query.of("id=1&ID=2&id[]=3&id%5Bx%5D=4&+id=5&other=6&id2=7&%00=8&[id=9&a[=10&=11");

    assertThat(query.keep(Set.of("id")).text())
        .isEqualTo("id=1&ID=2&id[]=3&id%5Bx%5D=4&+id=5&%00=8&[id=9&a[=10");
    assertThat(Query.of("a.b=1&a+b=2&a_b=3&ab=4").keep(Set.of("a_b")).text())
        .isEqualTo("a.b=1&a+b=2&a_b=3");
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
  void whatIsDroppedIsKeptWhereItsNameIsAskedFor(@ForAll("queries") String raw) {
    Query query = Query.of(raw);
    List<Query.Parameter> whole = new ArrayList<>(query.parameters());
    whole.removeIf(each -> each.raw().isEmpty());
    whole.removeAll(query.drop(Set.of("a")).parameters());
    assertThat(query.keep(Set.of("a")).parameters()).containsAll(whole);
    assertThat(whole).allMatch(each -> each.raw().matches("a(=[^;]*)?"));
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
