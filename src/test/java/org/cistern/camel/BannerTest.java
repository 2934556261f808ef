package org.cistern.camel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What the screen of a start shows can be copied into a browser. */
class BannerTest {

  @Test
  void anAddressWithColonsStandsInBrackets() {
    assertThat(Banner.authority("::", 8001)).isEqualTo("[::]:8001");
    assertThat(Banner.authority("0.0.0.0", 8001)).isEqualTo("0.0.0.0:8001");
  }
}
