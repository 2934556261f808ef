package org.cistern.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long peers keep an idle connection. */
class KeepAliveTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "timeout=5|5",
        "timeout=59|59",
        "timeout=90, max=1000|90",
        "max=1000, Timeout = 9|9",
        "timeout=0|0",
        "max=100|2147483647",
        "timeout=|2147483647",
        "timeout=-1|2147483647",
        "timeout=99999999999|2147483647",
        "notimeout=3|2147483647",
      })
  void theSecondsAreReadAndNonsenseSetsNoLimit(String field, int seconds) {
    assertThat(KeepAlive.seconds(field)).isEqualTo(seconds);
  }
}
