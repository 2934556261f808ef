package org.cistern.tier.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.cistern.answer.Answer;
import org.cistern.answer.Position;
import org.cistern.http.Headers;
import org.cistern.tier.Samples;
import org.cistern.tier.Tier.Stored;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Answers that reach the disk in another order than they were asked for: the later one stays. */
class OvertakenWritesTest {

  @RegisterExtension private final DiskUnderTest disk = new DiskUnderTest();
  private Answer early;
  private Answer late;

  @BeforeEach
  void fetch() {
    early = Samples.at(disk.clock.instant(), "early").answer();
    disk.clock.advance(Duration.ofMillis(1));
    late = Samples.at(disk.clock.instant(), "late").answer();
  }

  @Test
  void theEarlierDoesNotReplaceALaterRow() {
    DiskTier tier = disk.open(1);
    assertThat(store(tier, late)).isEqualTo(Stored.DONE);
    assertThat(store(tier, early)).isEqualTo(Stored.SUPERSEDED);
    assertThat(disk.text(tier, 1)).isEqualTo("late");
    assertThat(disk.events.stored).containsExactly(Stored.DONE, Stored.SUPERSEDED);
  }

  @Test
  void theEarlierDoesNotReplaceALaterOneThatWaits() throws SQLException {
    DiskTier tier = disk.open(1);
    disk.whileLocked(
        () -> {
          var unused = begin(tier, late);
          assertThat(begin(tier, early)).isCompletedWithValue(Stored.SUPERSEDED);
          assertThat(disk.text(tier, 1)).isEqualTo("late");
        });
  }

  @Test
  void theDeathOfTheEarlierDoesNotHideTheLater() {
    DiskTier tier = disk.open(1);
    var unused = begin(tier, late);
    assertThat(store(tier, Samples.deadOf(early))).isEqualTo(Stored.SUPERSEDED);
    assertThat(disk.text(tier, 1)).isEqualTo("late");
  }

  @Test
  void theEarlierDoesNotTakeThePlaceOfALaterOneThatIsLost() throws SQLException {
    DiskTier tier = disk.open(1, disk.narrow());
    disk.store(tier, "opens", "the file");
    disk.whileLocked(
        () -> {
          await().until(() -> disk.fill(tier) && begin(tier, late).getNow(null) == Stored.DROPPED);
          assertThat(begin(tier, early)).isCompletedWithValue(Stored.SUPERSEDED);
          assertThat(disk.text(tier, 1)).isNull();
        });
  }

  @Test
  void theEarlierOfAnotherVariantIsKeptBesideTheLater() {
    DiskTier tier = disk.open(1);
    Headers one = Headers.of("X-Kind", "a");
    store(tier, new Samples(late).varyingOn("x-kind", one).answer());
    Answer other = new Samples(early).varyingOn("x-kind", Headers.of("X-Kind", "b")).answer();
    assertThat(store(tier, other)).isEqualTo(Stored.DONE);
    assertThat(tier.contents().entries()).isEqualTo(2);
  }

  @Test
  void whoHasSeenLessOfThePurgeLogIsTheEarlier() {
    DiskTier tier = disk.open(1);
    store(tier, late);
    Answer behindAPurge = new Samples(early).at("/a", new Position(77, 6)).answer();
    assertThat(store(tier, behindAPurge)).isEqualTo(Stored.DONE);
    assertThat(disk.text(tier, 1)).isEqualTo("early");
  }

  @Test
  void aTimeThatIsStillToComeSaysNothing() {
    DiskTier tier = disk.open(1);
    Answer ahead = Samples.at(disk.clock.instant().plusSeconds(60), "ahead").answer();
    store(tier, ahead);
    assertThat(store(tier, early)).isEqualTo(Stored.DONE);
    assertThat(disk.text(tier, 1)).isEqualTo("early");
  }

  @Test
  void theEarlierDoesNotBringBackWhatTheOriginTookBackLater() {
    DiskTier tier = disk.open(1);
    store(tier, Samples.deadOf(late));
    assertThat(store(tier, early)).isEqualTo(Stored.SUPERSEDED);
    assertThat(disk.text(tier, 1)).isNull();
  }

  @Test
  void theEarlierDoesNotBringBackWhatWaitsToBeTakenBack() throws SQLException {
    DiskTier tier = disk.open(1);
    disk.whileLocked(
        () -> {
          var unused = begin(tier, Samples.deadOf(late));
          assertThat(begin(tier, early)).isCompletedWithValue(Stored.SUPERSEDED);
        });
  }

  @Test
  void aLaterOneThatHasExpiredGivesWay() {
    DiskTier tier = disk.open(1);
    store(tier, late);
    disk.clock.advance(Duration.ofHours(10));
    assertThat(store(tier, early)).isEqualTo(Stored.DONE);
  }

  private static Stored store(DiskTier tier, Answer answer) {
    return begin(tier, answer).join();
  }

  private static CompletableFuture<Stored> begin(DiskTier tier, Answer answer) {
    return tier.store(Samples.key(1), answer, 8).toCompletableFuture();
  }
}
