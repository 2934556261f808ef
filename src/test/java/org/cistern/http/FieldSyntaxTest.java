package org.cistern.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cistern.http.FieldProblem.*;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldSyntaxTest {

  @Test
  void ordinaryLinesAreFine() {
    assertThat(FieldSyntax.problem("X-Any_1.~", "a \t b, \"c\" \u00e9")).isNull();
    assertThat(FieldSyntax.problem("a", "")).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "a:", ":path", "a\r\nB", "\u00e9", "a(", "a,b", "a\u0000"})
  void aNameIsAToken(String name) {
    assertThat(FieldSyntax.problem(name, "x")).isEqualTo(NAME_NOT_TOKEN);
  }

  @Test
  void aValueCannotBeginAnotherLine() {
    assertThat(FieldSyntax.problem("", "x")).isEqualTo(NAME_EMPTY);
    assertThat(FieldSyntax.problem("a", "x\r\nB: c")).isEqualTo(VALUE_LINE_BREAK);
    assertThat(FieldSyntax.problem("a", "x\ny")).isEqualTo(VALUE_LINE_BREAK);
    assertThat(FieldSyntax.problem("a", "x\u0000")).isEqualTo(VALUE_CONTROL);
    assertThat(FieldSyntax.problem("a", "x\u007f")).isEqualTo(VALUE_CONTROL);
    assertThat(FieldSyntax.problem("a", "x\u010d\u010ay")).isEqualTo(VALUE_NOT_BYTES);
  }

  @Property
  void aValueWithoutProblemHoldsNoControlHoweverItIsEncoded(@ForAll String value) {
    if (FieldSyntax.valueProblem(value) == null) {
      assertThat(value.chars().map(c -> c & 0xFF))
          .allMatch(c -> c == '\t' || (c >= 32 && c != 127));
    }
  }
}
