package org.cistern.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadBytesTest {

  private final HeadBytes head = new HeadBytes(4);

  @Test
  void aHeadIsWrittenAsSpeltAndGrowsBeyondItsRoom() {
    head.request("GET", "/a%2Fb?q=%20");
    head.line("Host", "api.example");
    head.line("X-Empty", "");
    head.line("x-lower", "a\tb");
    head.end();

    assertThat(text())
        .isEqualTo(
            "GET /a%2Fb?q=%20 HTTP/1.1\r\nHost: api.example\r\nX-Empty: \r\nx-lower: a\tb\r\n\r\n");
  }

  @Test
  void valuesAreBytesAndWhatIsNoByteBecomesAQuestionMark() {
    head.line("x", "é€");

    assertThat(text()).isEqualTo("x: é?\r\n");
  }

  @Test
  void aTargetThatARouteMadeOfOtherCharactersIsWrittenAsUtf8() {
    head.request("GET", "/ü");

    assertThat(text().getBytes(StandardCharsets.ISO_8859_1))
        .isEqualTo("GET /ü HTTP/1.1\r\n".getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/a b", "/a\r\nX: 1", "/a\u007f", "/\0"})
  void aTargetThatWouldBreakTheRequestLineIsRefused(String target) {
    assertThatIllegalArgumentException().isThrownBy(() -> head.request("GET", target));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "GE T", "GET\r\n"})
  void aMethodThatIsNoTokenIsRefused(String method) {
    assertThatIllegalArgumentException().isThrownBy(() -> head.request(method, "/"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a:", "a\r\n", "ä"})
  void aNameThatIsNoTokenIsRefused(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> head.line(name, "v"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb", "a\rb", "a\0", "\r\nX: 1", "a\fb"})
  void aValueThatWouldBreakOutOfItsLineIsRefused(String value) {
    assertThatIllegalArgumentException().isThrownBy(() -> head.line("n", value));
  }

  private String text() {
    return new String(head.array(), 0, head.size(), StandardCharsets.ISO_8859_1);
  }
}
