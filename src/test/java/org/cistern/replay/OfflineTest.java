package org.cistern.replay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OfflineTest {

  private static final int[] TRACE = {1, 2, 3, 1, 2, 3, 1, 1};

  @Test
  void aRoundLongerThanTheCacheIsTheWorstCaseOfRecency() {
    assertThat(Offline.lru(TRACE, 2)).isEqualTo(100.0 / 8);
  }

  @Test
  void theOptimumKeepsWhatIsAskedForSoonest() {
    assertThat(Offline.optimum(TRACE, 2)).isEqualTo(100.0 * 3 / 8);
  }

  @Test
  void keepingEverythingMissesOnlyFirstRequests() {
    assertThat(Offline.everything(TRACE)).isEqualTo(100.0 * 5 / 8);
    assertThat(Offline.optimum(TRACE, 3)).isEqualTo(Offline.everything(TRACE));
    assertThat(Offline.lru(TRACE, 3)).isEqualTo(Offline.everything(TRACE));
  }
}
