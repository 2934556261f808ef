package org.cistern.upstream.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.cistern.upstream.endpoint.InstanceHealth.Phase;
import org.cistern.upstream.options.UpstreamOptions.ActiveCheck;
import org.cistern.upstream.options.UpstreamOptions.Ejection;
import org.junit.jupiter.api.Test;

class InstanceHealthTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final Ejection RULE =
      new Ejection(2, Set.of(503), Duration.ofSeconds(10), Duration.ofSeconds(30));

  private final List<Phase> phases = new ArrayList<>();
  private final InstanceHealth health = new InstanceHealth(RULE, phases::add);

  @Test
  void failuresInARowEjectIt() {
    health.failed(NOON);
    health.succeeded();
    health.failed(NOON);
    assertThat(health.phase()).isEqualTo(Phase.SUSPECT);
    assertThat(health.usable(NOON)).isTrue();

    health.failed(NOON);
    assertThat(health.phase()).isEqualTo(Phase.EJECTED);
    assertThat(health.usable(NOON.plusSeconds(9))).isFalse();
    assertThat(health.usable(NOON.plusSeconds(10))).isTrue();
  }

  @Test
  void oneProbeAtATimeDecides() {
    eject(NOON);
    health.taken();
    assertThat(health.usable(NOON.plusSeconds(11))).isFalse();

    health.succeeded();
    assertThat(phases).containsExactly(Phase.SUSPECT, Phase.EJECTED, Phase.PROBING, Phase.HEALTHY);
  }

  @Test
  void eachFailedProbeDoublesTheTimeUpToTheMost() {
    eject(NOON);
    failProbe();
    assertThat(health.usable(NOON.plusSeconds(19))).isFalse();
    assertThat(health.usable(NOON.plusSeconds(20))).isTrue();
    failProbe();
    failProbe();
    assertThat(health.usable(NOON.plusSeconds(30))).isTrue();
  }

  @Test
  void aProbeThatWasGivenUpLetsTheNextOneThrough() {
    eject(NOON);
    health.taken();
    health.abandoned();

    assertThat(health.usable(NOON.plusSeconds(10))).isTrue();
  }

  @Test
  void lateFailuresOfAnEjectedOneDoNotLengthenItsTime() {
    eject(NOON);
    health.failed(NOON.plusSeconds(9));

    assertThat(health.usable(NOON.plusSeconds(10))).isTrue();
  }

  @Test
  void theActiveCheckNeedsItsStreaksBothWays() {
    ActiveCheck check = new ActiveCheck("/", Duration.ofSeconds(1), 200, 299, 2, 2);
    health.checked(false, check);
    health.checked(true, check);
    health.checked(false, check);
    assertThat(health.isDown()).isFalse();
    health.checked(false, check);
    assertThat(health.phase()).isEqualTo(Phase.DOWN);
    assertThat(health.usable(NOON)).isFalse();

    health.checked(true, check);
    assertThat(health.isDown()).isTrue();
    health.checked(true, check);
    assertThat(health.phase()).isEqualTo(Phase.HEALTHY);
  }

  private void eject(Instant now) {
    health.failed(now);
    health.failed(now);
  }

  private void failProbe() {
    health.taken();
    health.failed(NOON);
  }
}
