package org.cistern.http.structured;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.cistern.http.structured.StructuredValue.Bool;
import org.cistern.http.structured.StructuredValue.Date;
import org.cistern.http.structured.StructuredValue.Decimal;
import org.cistern.http.structured.StructuredValue.Display;
import org.cistern.http.structured.StructuredValue.Inner;
import org.cistern.http.structured.StructuredValue.Text;
import org.cistern.http.structured.StructuredValue.Token;
import org.cistern.http.structured.StructuredValue.Whole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9651 section 4.2. */
class StructuredDictionaryTest {

  @Test
  void everyTypeOfItemIsRead() {
    StructuredDictionary read =
        read("a=1, b=-1.50, c=\"x\\\"y\", d=tok/en, e=?0, f, g=@-5, h=%\"%c3%bc\", i=(1 a);p=2");
    assertThat(read.get("a")).isEqualTo(new Whole(1));
    assertThat(read.get("b")).isEqualTo(new Decimal(new BigDecimal("-1.50")));
    assertThat(read.get("c")).isEqualTo(new Text("x\"y"));
    assertThat(read.get("d")).isEqualTo(new Token("tok/en"));
    assertThat(read.get("e")).isEqualTo(new Bool(false));
    assertThat(read.get("f")).isEqualTo(Bool.TRUE);
    assertThat(read.get("g")).isEqualTo(new Date(-5));
    assertThat(read.get("h")).isEqualTo(new Display("ü"));
    assertThat(read.get("i")).isInstanceOf(Inner.class);
  }

  @Test
  void parametersBelongToTheirItem() {
    StructuredValue.Member member = read("a=1;x;y=\"z\", b").member("a");
    assertThat(member).isNotNull();
    assertThat(member == null ? List.of() : member.parameters().keySet()).containsExactly("x", "y");
  }

  @Test
  void ofAKeyGivenTwiceTheLastCounts() {
    assertThat(read("a=1, b, a=2").get("a")).isEqualTo(new Whole(2));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a,",
        ",a",
        "a,,b",
        "A=1",
        "a=",
        "a =1",
        "a= 1",
        "a=1 b",
        "a=\"x",
        "a=\"\\x\"",
        "a=(1",
        "a=(1,2)",
        "a=1.",
        "a=1.2345",
        "a=1234567890123456",
        "a=-",
        "a=?2",
        "a=:!:",
        "a=@1.5",
        "a=%\"%C3\"",
        "a=%\"%c3\"",
        "a=\"ü\"",
        "a;=1",
        "a=()x"
      })
  void whatIsNotWellFormedIsNothingAtAll(String text) {
    assertThat(StructuredDictionary.parse(text)).isNull();
  }

  @Test
  void linesAreOneFieldAndAnEmptyOneAddsNothing() {
    StructuredDictionary read = StructuredDictionary.parse(List.of("a=1", " ", "b"));
    assertThat(read == null ? List.of() : read.keys()).containsExactly("a", "b");
    assertThat(read("").isEmpty()).isTrue();
  }

  @Test
  void amongAMillionSpacesNothingIsSearchedTwice() {
    assertThat(StructuredDictionary.parse("a" + " ".repeat(1_000_000) + "b")).isNull();
    assertThat(read("a=1" + " ".repeat(1_000_000)).keys()).containsExactly("a");
  }

  @Test
  void aListOfStringsLeavesOutWhatIsNone() {
    assertThat(StructuredList.strings(List.of("\"a\", b, \"c\";x=1", "\"d\"")))
        .containsExactly("a", "c", "d");
    assertThat(StructuredList.strings(List.of("\"a\", \"b"))).isEmpty();
  }

  @Test
  void aTextIsQuotedSoThatItReadsAsAString() {
    assertThat(StructuredValue.quote("a\"b\\c\r\nü")).isEqualTo("\"a\\\"b\\\\c???\"");
  }

  private static StructuredDictionary read(String text) {
    return Objects.requireNonNull(StructuredDictionary.parse(text), text);
  }
}
