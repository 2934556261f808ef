package org.cistern.camel.engine.body;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The line that closes a form. */
class FormEndTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--b--",
        "--b\r\nx\r\n--b--",
        "\n--b--",
        "x\n\n--b--y",
        "x\n-\n--b--",
        "x\n--b-\n--b--\r\n",
        "\n--b\n--b\n--b--"
      })
  void isFoundWhereverTheFormIsCut(String form) {
    for (int at = 0; at <= form.length(); at++) {
      assertThat(isPassed(form.substring(0, at), form.substring(at))).isTrue();
    }
    assertThat(isPassed(form.split(""))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "x--b--", "x\n--b-", "x\n--b-\n-", "x\n--c--", "x\n --b--"})
  void isNotWhereItIsNoLineOfItsOwn(String form) {
    for (int at = 0; at <= form.length(); at++) {
      assertThat(isPassed(form.substring(0, at), form.substring(at))).isFalse();
    }
  }

  private static boolean isPassed(String... parts) {
    FormEnd end = new FormEnd("b");
    for (String part : parts) {
      end.pass(Buffer.buffer(part));
    }
    return end.isPassed();
  }
}
