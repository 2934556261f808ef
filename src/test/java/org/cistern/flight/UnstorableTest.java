package org.cistern.flight;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.cistern.rule.Key;
import org.junit.jupiter.api.Test;

class UnstorableTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Unstorable unstorable =
      new Unstorable(new FlightLimits(9, 9, SECOND, SECOND, 3, SECOND));

  private static FlightKey key(int number) {
    return FlightKey.of(new Key("key " + number));
  }

  @Test
  void whatCameFirstMakesRoomUnlessItCameAgain() {
    for (int i : new int[] {1, 2, 1, 3}) {
      unstorable.remember(key(i), 0);
    }
    assertThat(unstorable.remembers(key(1), 5)).isTrue();
    assertThat(unstorable.remembers(key(2), 5)).isTrue();
    assertThat(unstorable.remembers(key(3), 5)).isTrue();
    unstorable.remember(key(4), 0);
    assertThat(unstorable.remembers(key(2), 5)).isFalse();
    assertThat(unstorable.remembers(key(1), 5)).isTrue();
  }

  @Test
  void nothingIsRememberedForLongerThanItsTime() {
    unstorable.remember(key(1), -7);
    assertThat(unstorable.remembers(key(1), SECOND.toNanos() - 8)).isTrue();
    assertThat(unstorable.remembers(key(1), SECOND.toNanos() - 7)).isFalse();
  }
}
