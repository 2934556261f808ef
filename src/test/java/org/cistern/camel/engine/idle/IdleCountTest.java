package org.cistern.camel.engine.idle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** When a wait, seen only now and then, has lasted long enough. */
class IdleCountTest {

  private final IdleCount count = new IdleCount();

  private boolean wait(int looks) {
    boolean over = false;
    for (int i = 0; i < looks; i++) {
      over = count.isOver(true);
    }
    return over;
  }

  @Test
  void aWaitThatMayHaveBegunAMomentBeforeTheFirstLookGetsItsWholeTime() {
    assertThat(wait(IdleCount.LOOKS)).isFalse();
  }

  @Test
  void aWaitIsOverOneLookAfterItsTime() {
    assertThat(wait(IdleCount.LOOKS + 1)).isTrue();
  }

  @Test
  void aWaitThatIsOverStaysSoWhileItLasts() {
    assertThat(wait(10 * IdleCount.LOOKS)).isTrue();
  }

  @Test
  void aSingleSignOfLifeBeginsItAnew() {
    wait(IdleCount.LOOKS);
    count.isOver(false);
    assertThat(wait(IdleCount.LOOKS)).isFalse();
  }
}
