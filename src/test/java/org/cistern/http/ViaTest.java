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
  void countsOurOwnEntriesAndNothingThatLooksLikeThem() {
    Headers fields =
        Headers.of(
            "Via",
                "1.1 fred (x, 1.1 cistern (nested), 2 cistern), HTTP/1.1 CISTERN (us),2\tcistern",
            "Via", "1.1 cistern2, cistern, 1.1  cistern");

    assertThat(Via.CISTERN.visits(fields)).isEqualTo(3);
    assertThat(new Via("other").visits(fields)).isZero();
    assertThat(Via.CISTERN.visits(Headers.empty())).isZero();
  }

  @Test
  void hasATokenForAName() {
    assertThatThrownBy(() -> new Via("a b\r\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Via");
  }
}
