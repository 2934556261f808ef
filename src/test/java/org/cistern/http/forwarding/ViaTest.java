package org.cistern.http.forwarding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ViaTest {

  @Test
  void namesTheVersionThatTheMessageCameIn() {
    assertThat(Via.CISTERN.entry("1.1")).isEqualTo("1.1 cistern");
  }

  @Test
  void hasATokenForAName() {
    assertThatThrownBy(() -> new Via("a b\r\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Via");
  }
}
