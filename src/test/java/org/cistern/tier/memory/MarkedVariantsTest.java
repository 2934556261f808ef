package org.cistern.tier.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.cistern.answer.Answer;
import org.cistern.http.Headers;
import org.cistern.rule.Key;
import org.cistern.tier.FakeClock;
import org.cistern.tier.RuleBounds;
import org.cistern.tier.Samples;
import org.cistern.tier.TierEvents;
import org.junit.jupiter.api.Test;

/** Variants beside those of which is only said that they are gone. */
class MarkedVariantsTest {

  private static final Key KEY = Samples.key(1);
  private static final int MOST = 2;

  private final FakeClock clock = new FakeClock();
  private final MemoryTier tier =
      new MemoryTier(
          new MemorySettings(1 << 20, 0, Duration.ofMinutes(5), MemoryPolicy.TINYLFU),
          clock,
          RuleBounds.NONE,
          TierEvents.NONE);

  @Test
  void oneThatIsGonePushesOutNoneThatIsAlive() {
    tier.keep(KEY, variant("a"), MOST);
    tier.keep(KEY, variant("b"), MOST);
    tier.keep(KEY, Samples.deadOf(variant("c")), MOST);

    assertThat(isAlive("a")).isTrue();
    assertThat(isAlive("b")).isTrue();
  }

  @Test
  void oneThatIsGoneTakesNoPlace() {
    tier.keep(KEY, Samples.deadOf(variant("a")), MOST);
    tier.keep(KEY, variant("b"), MOST);
    tier.keep(KEY, variant("c"), MOST);

    assertThat(isAlive("b")).isTrue();
    assertThat(isAlive("c")).isTrue();
    assertThat(isKnown("a")).isTrue();
  }

  @Test
  void ofThoseThatAreAliveNoMoreStayThanMay() {
    tier.keep(KEY, variant("a"), MOST);
    tier.keep(KEY, variant("b"), MOST);
    tier.keep(KEY, Samples.deadOf(variant("gone")), MOST);
    tier.keep(KEY, variant("c"), MOST);

    assertThat(isKnown("a")).isFalse();
    assertThat(isAlive("b")).isTrue();
  }

  @Test
  void ofThoseThatAreGoneNoMoreAreKnownThanMayBeAlive() {
    for (String kind : new String[] {"a", "b", "c"}) {
      tier.keep(KEY, Samples.deadOf(variant(kind)), MOST);
    }

    assertThat(isKnown("a")).isFalse();
    assertThat(isKnown("b")).isTrue();
    assertThat(isKnown("c")).isTrue();
  }

  private Answer variant(String kind) {
    return Samples.at(clock.instant(), kind).varyingOn("x-kind", of(kind)).answer();
  }

  private boolean isAlive(String kind) {
    return tier.lookup(KEY, of(kind), clock.instant()) != null;
  }

  private boolean isKnown(String kind) {
    return tier.peek(KEY, of(kind)) != null;
  }

  private static Headers of(String kind) {
    return Headers.of("x-kind", kind);
  }
}
