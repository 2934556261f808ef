package org.cistern.camel.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.cistern.rule.Key;
import org.junit.jupiter.api.Test;

/** How long a key is left alone whose refresh has failed. */
class RefreshPausesTest {

  private static final Key KEY = new Key("a");
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final RefreshPauses pauses = new RefreshPauses(3);

  private static Instant at(long millis) {
    return NOW.plusMillis(millis);
  }

  /** Fails again and again, each time as soon as it may, and returns the last pause. */
  private Duration pauseAfter(int failures) {
    Instant now = NOW;
    Duration pause = Duration.ZERO;
    for (int i = 0; i < failures; i++) {
      pauses.failed(KEY, now);
      Instant end = now;
      while (!pauses.allows(KEY, end)) {
        end = end.plusSeconds(1);
      }
      pause = Duration.between(now, end);
      now = end;
    }
    return pause;
  }

  @Test
  void aKeyThatDidNotFailIsRefreshed() {
    pauses.failed(new Key("b"), NOW);
    assertThat(pauses.allows(KEY, NOW)).isTrue();
  }

  @Test
  void theFirstPauseIsASecond() {
    pauses.failed(KEY, NOW);
    assertThat(pauses.allows(KEY, at(999))).isFalse();
    assertThat(pauses.allows(KEY, at(1000))).isTrue();
  }

  @Test
  void eachFailureThatFollowsDoublesThePauseUpToHalfAMinute() {
    assertThat(pauseAfter(2)).hasSeconds(2);
    pauses.succeeded(KEY);
    assertThat(pauseAfter(4)).hasSeconds(8);
    pauses.succeeded(KEY);
    assertThat(pauseAfter(9)).hasSeconds(30);
  }

  @Test
  void aSuccessEndsItAndTheNextFailureIsTheFirst() {
    pauseAfter(4);
    pauses.succeeded(KEY);
    assertThat(pauses.allows(KEY, NOW)).isTrue();
    assertThat(pauseAfter(1)).hasSeconds(1);
  }

  @Test
  void aFailureLongAfterIsTheFirst() {
    pauses.failed(KEY, NOW);
    pauses.failed(KEY, at(60_000));
    assertThat(pauses.allows(KEY, at(61_000))).isTrue();
  }

  @Test
  void noMoreThanSoManyKeysAreRememberedAndTheForgottenMakeRoom() {
    for (int i = 0; i < 10; i++) {
      pauses.failed(new Key("k" + i), NOW);
    }
    assertThat(pauses.size()).isEqualTo(3);
    pauses.failed(KEY, at(60_000));
    assertThat(pauses.size()).isEqualTo(1);
  }
}
