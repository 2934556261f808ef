package org.cistern.camel.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import org.cistern.http.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinesTest {

  private static String block(String... namesAndValues) {
    return new String(Lines.of(Headers.of(namesAndValues)).block(), StandardCharsets.ISO_8859_1);
  }

  @Test
  void linesStandOnTheWireWithNamesInLowerCaseAndValuesAsTheyAre() {
    assertThat(block("Content-Type", "Text/Plain", "ETag", "\"Ä\tx\""))
        .isEqualTo("content-type: Text/Plain\r\netag: \"Ä\tx\"\r\n");
  }

  @Test
  void theLengthIsNotAmongThem() {
    Lines lines = Lines.of(Headers.of("Content-Length", "7", "A", "b"));
    assertThat(lines.block()).isEqualTo("a: b\r\n".getBytes(StandardCharsets.US_ASCII));
    assertThat(lines.declaredLength()).isEqualTo("7");
  }

  @Test
  void noLengthIsAmongTheHeadersHoweverOftenItCame() {
    Lines lines = Lines.of(Headers.of("Content-Length", "7", "Date", "d", "content-length", "7"));
    assertThat(lines.headers()).isEqualTo(Headers.of("Date", "d"));
    assertThat(lines.headers()).isSameAs(lines.headers());
    assertThat(lines.has("content-length")).isFalse();
    assertThat(lines.isDated()).isTrue();
    assertThat(lines.declaredLength()).isEqualTo("7");
  }

  @Test
  void aCharacterThatIsNoByteIsNotCutToAnotherOne() {
    // U+010A and U+010D end in the bytes of a line break.
    assertThat(block("a", "x\u010D\u010Ay")).isEqualTo("a: x??y\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x\r\ny: z", "x\n", "x\ry", "x\0", "x\f", "x\u000B"})
  void aValueThatWouldBreakOutOfItsLineIsRefused(String value) {
    assertThatThrownBy(() -> block("a", value)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a:", "a b", "a\r\nb", "ä"})
  void aNameThatIsNoTokenIsRefused(String name) {
    assertThatThrownBy(() -> block(name, "x")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theSameLinesGoIntoAHeadOfTheServers() {
    MultiMap head = MultiMap.caseInsensitiveMultiMap();
    Lines.of(Headers.of("Vary", "a", "Vary", "b")).addTo(head);
    assertThat(head.getAll("vary")).containsExactly("a", "b");
  }
}
