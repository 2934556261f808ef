package org.cistern.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecentTest {

  private final List<Integer> worked = new ArrayList<>();
  private final Recent<Integer, String> recent =
      new Recent<>(
          key -> {
            worked.add(key);
            return "of " + key;
          });

  @Test
  void theSameIsWorkedOutOnce() {
    assertThat(recent.of(1)).isEqualTo("of 1");
    assertThat(recent.of(1)).isSameAs(recent.of(1));
    assertThat(worked).containsExactly(1);
  }

  @Test
  void twoOfOnePlaceInTurnAreNeverTakenForEachOther() {
    int other = 1 + Recent.PLACES;
    for (int i = 0; i < 3; i++) {
      assertThat(recent.of(1)).isEqualTo("of 1");
      assertThat(recent.of(other)).isEqualTo("of " + other);
    }
    assertThat(worked).containsExactly(1, other, 1, other, 1, other);
  }

  @Test
  void aNegativeHashHasAPlaceToo() {
    assertThat(recent.of(-1)).isEqualTo("of -1");
    assertThat(recent.of(Integer.MIN_VALUE)).isEqualTo("of " + Integer.MIN_VALUE);
  }
}
