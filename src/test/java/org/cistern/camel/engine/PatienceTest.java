package org.cistern.camel.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** When a wait, seen only now and then, has lasted long enough. */
class PatienceTest {

  private final Patience patience = new Patience();

  private boolean wait(int looks) {
    boolean over = false;
    for (int i = 0; i < looks; i++) {
      over = patience.isOver(true);
    }
    return over;
  }

  @Test
  void aWaitThatMayHaveBegunAMomentBeforeTheFirstLookGetsItsWholeTime() {
    assertThat(wait(Patience.LOOKS)).isFalse();
  }

  @Test
  void aWaitIsOverOneLookAfterItsTime() {
    assertThat(wait(Patience.LOOKS + 1)).isTrue();
  }

  @Test
  void aWaitThatIsOverStaysSoWhileItLasts() {
    assertThat(wait(10 * Patience.LOOKS)).isTrue();
  }

  @Test
  void aSingleSignOfLifeBeginsItAnew() {
    wait(Patience.LOOKS);
    patience.isOver(false);
    assertThat(wait(Patience.LOOKS)).isFalse();
  }
}
