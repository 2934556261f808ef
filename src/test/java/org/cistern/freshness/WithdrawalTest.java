package org.cistern.freshness;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WithdrawalTest {

  @ParameterizedTest
  @CsvSource({
    "404, SET_COOKIE",
    "410, NO_FRESHNESS",
    "404, NO_STORE_RESPONSE",
    "200, NO_STORE_RESPONSE",
    "200, PRIVATE",
    "304, PRIVATE",
    "301, NO_STORE_RESPONSE",
    "200, TOO_LARGE",
    "404, TOO_LARGE",
    "200, TOO_SMALL"
  })
  void whatTheOriginHasNowEndsWhatItHadBefore(int status, Reason refused) {
    assertThat(Withdrawal.by(status, refused)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "200, STORED",
    "404, STORED",
    "404, NOT_FETCHED",
    "200, SET_COOKIE",
    "200, NO_STORE_REQUEST",
    "200, PARTIAL_CONTENT",
    "301, STATUS",
    "404, IDENTIFIED",
    "410, NO_STORE_REQUEST",
    "404, AUTHORIZATION",
    "404, UNKNOWN_COOKIE",
    "400, NO_STORE_RESPONSE",
    "401, NO_STORE_RESPONSE",
    "403, PRIVATE",
    "408, NO_STORE_RESPONSE",
    "429, NO_STORE_RESPONSE",
    "500, STATUS",
    "503, NO_STORE_RESPONSE",
    "502, PRIVATE"
  })
  void whatSaysNothingOfTheContentEndsNothing(int status, Reason refused) {
    assertThat(Withdrawal.by(status, refused)).isFalse();
  }
}
