package org.cistern.loop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DemandTest {

  private final Demand demand = new Demand();

  @Test
  void nobodyAsksAtFirst() {
    assertThat(demand.isOpen()).isFalse();
  }

  @Test
  void whatIsAskedForAddsUpAndIsUsedUp() {
    demand.add(1);
    demand.add(1);
    demand.take();
    assertThat(demand.isOpen()).isTrue();

    demand.take();
    assertThat(demand.isOpen()).isFalse();
  }

  @Test
  void aFlowingStreamIsNeverUsedUp() {
    demand.add(Long.MAX_VALUE);
    demand.take();
    demand.add(Long.MAX_VALUE);
    assertThat(demand.isOpen()).isTrue();
  }

  @Test
  void aPauseForgetsWhatWasAskedFor() {
    demand.add(Long.MAX_VALUE);
    demand.pause();
    assertThat(demand.isOpen()).isFalse();
  }

  @Test
  void moreThanCanBeCountedIsWithoutEnd() {
    demand.add(Long.MAX_VALUE - 1);
    demand.add(2);
    demand.take();
    demand.add(Long.MAX_VALUE);
    assertThat(demand.isOpen()).isTrue();
  }
}
