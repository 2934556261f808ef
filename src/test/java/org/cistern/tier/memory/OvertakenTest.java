package org.cistern.tier.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Objects;
import org.cistern.answer.Answer;
import org.cistern.answer.Position;
import org.cistern.http.Headers;
import org.cistern.rule.Key;
import org.cistern.tier.FakeClock;
import org.cistern.tier.RuleBounds;
import org.cistern.tier.Samples;
import org.cistern.tier.Tier.Stored;
import org.cistern.tier.TierEvents;
import org.junit.jupiter.api.Test;

/** Which of two answers of one key stays where their fetches have overtaken each other. */
class OvertakenTest {

  private static final Key KEY = Samples.key(1);

  private final FakeClock clock = new FakeClock();
  private final MemoryTier tier =
      new MemoryTier(
          new MemorySettings(1 << 20, 0, Duration.ofMinutes(5), MemoryPolicy.TINYLFU),
          clock,
          RuleBounds.NONE,
          TierEvents.NONE);

  private Answer now(String body) {
    return Samples.at(clock.instant(), body).answer();
  }

  private String kept() {
    return Samples.text(
        Objects.requireNonNull(tier.lookup(KEY, Headers.empty(), clock.instant())).answer());
  }

  @Test
  void anAnswerThatWasAskedForEarlierIsNotKept() {
    Answer early = now("early");
    clock.advance(Duration.ofSeconds(1));
    tier.keep(KEY, now("late"), 8);
    assertThat(tier.keep(KEY, early, 8)).isEqualTo(Stored.SUPERSEDED);
    assertThat(kept()).isEqualTo("late");
  }

  @Test
  void anAnswerThatWasAskedForAtTheSameTimeIsKept() {
    tier.keep(KEY, now("one"), 8);
    assertThat(tier.keep(KEY, now("two"), 8)).isEqualTo(Stored.DONE);
    assertThat(kept()).isEqualTo("two");
  }

  @Test
  void whatASlowerTierFoundDoesNotComeBackWhereItWasForgottenMeanwhile() {
    Answer found = now("found");
    tier.keep(KEY, found, 8);
    tier.keep(KEY, Samples.deadOf(found), 8);
    tier.promote(KEY, found, null, 8);
    assertThat(tier.lookup(KEY, Headers.empty(), clock.instant())).isNull();
    assertThat(tier.holds(KEY)).isFalse();
  }

  @Test
  void anAnswerThatWasAskedForBeforeOneWasWithdrawnIsNotKept() {
    Answer slow = now("slow");
    clock.advance(Duration.ofSeconds(1));
    tier.keep(KEY, Samples.deadOf(now("gone")), 8);
    clock.advance(Duration.ofSeconds(50));
    assertThat(tier.keep(KEY, slow, 8)).isEqualTo(Stored.SUPERSEDED);
  }

  @Test
  void anotherVariantDoesNotMakeRoomForWhatWasAskedForBeforeOneWasWithdrawn() {
    Headers one = Headers.of("x-kind", "one");
    Answer slow = Samples.at(clock.instant(), "slow").varyingOn("x-kind", one).answer();
    clock.advance(Duration.ofSeconds(1));
    Answer gone = Samples.at(clock.instant(), "gone").varyingOn("x-kind", one).answer();
    tier.keep(KEY, Samples.deadOf(gone), 8);
    Headers other = Headers.of("x-kind", "other");
    tier.keep(KEY, Samples.at(clock.instant(), "other").varyingOn("x-kind", other).answer(), 8);
    assertThat(tier.keep(KEY, slow, 8)).isEqualTo(Stored.SUPERSEDED);
  }

  @Test
  void anAnswerFromBeforeTheClockWasSetBackMakesWay() {
    tier.keep(KEY, now("before"), 8);
    clock.advance(Duration.ofMinutes(-1));
    assertThat(tier.keep(KEY, now("after"), 8)).isEqualTo(Stored.DONE);
    assertThat(kept()).isEqualTo("after");
  }

  @Test
  void anAnswerThatDiedMakesWayThoughItWasAskedForLater() {
    Answer early = now("early");
    clock.advance(Duration.ofSeconds(1));
    Answer dead = Samples.at(clock.instant(), "dead").expires(clock.instant()).answer();
    tier.keep(KEY, dead, 8);
    assertThat(tier.keep(KEY, early, 8)).isEqualTo(Stored.DONE);
  }

  @Test
  void anAnswerThatHasSeenLessOfThePurgeLogMakesWayThoughItWasAskedForLater() {
    Answer posted = now("posted");
    clock.advance(Duration.ofSeconds(1));
    tier.keep(KEY, Samples.at(clock.instant(), "purged").at("/a", new Position(77, 4)).answer(), 8);
    assertThat(tier.keep(KEY, posted, 8)).isEqualTo(Stored.DONE);
    assertThat(kept()).isEqualTo("posted");
  }
}
