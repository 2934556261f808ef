package org.cistern.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ViaTest {

  @Test
  void isAppendedBehindWhatIsThere() {
    assertThat(Via.CISTERN.appended(Headers.of("Via", "1.0 fred"), "1.1"))
        .isEqualTo(Headers.of("Via", "1.0 fred", "Via", "1.1 cistern"));
  }

  @Test
  void hasATokenForAName() {
    assertThatThrownBy(() -> new Via("a b\r\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Via");
  }
}
