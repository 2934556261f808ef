package org.cistern.purge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cistern.purge.Samples.NOON;
import static org.cistern.purge.Samples.answer;
import static org.cistern.purge.Samples.hard;
import static org.cistern.purge.Samples.soft;
import static org.cistern.purge.Samples.uri;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.cistern.answer.Answer;
import org.cistern.purge.Purge.Scope;
import org.junit.jupiter.api.Test;

/** What trimming, merging and writing again do to the log. */
class PurgeLogUpkeepTest {

  private static final Duration HOUR = Duration.ofHours(1);

  private final FlakyStore store = new FlakyStore();
  private Instant now = NOON;
  private final InstantSource time = () -> now;
  private final PurgeLog log = PurgeLog.open(store, time, 1_000);

  @Test
  void aBarrierIsForgottenOnceNoAnswerCanBeOlderThanIt() {
    Answer answer = answer("/models", log.head());
    log.append(hard(uri("/models")));
    log.append(hard(new Scope.Pattern("*", "/models")));
    now = NOON.plus(HOUR).minusMillis(1);
    log.trim(now, HOUR, Long.MAX_VALUE);
    assertThat(log.covers(answer)).isEqualTo(Coverage.HARD);
    now = NOON.plus(HOUR);
    log.trim(now, HOUR, Long.MAX_VALUE);
    assertThat(log.covers(answer)).isEqualTo(Coverage.NONE);
    assertThat(log.contents().targets()).isZero();
    assertThat(store.barriers).isEmpty();
  }

  @Test
  void aBarrierIsKeptForAFetchThatBeganBeforeIt() {
    Answer fetched = answer("/models", log.head());
    log.append(hard(uri("/models")));
    now = NOON.plus(HOUR);
    log.trim(now, HOUR, fetched.position().number());
    assertThat(log.covers(fetched)).isEqualTo(Coverage.HARD);
    log.trim(now, HOUR, log.head().number());
    assertThat(log.covers(fetched)).isEqualTo(Coverage.NONE);
  }

  @Test
  void hardBarriersAreRetiredOnceTheyAreDoneAndNewerOnesOfTheirTargetStay() {
    Answer old = answer("/models", log.head());
    log.append(hard(uri("/models")));
    log.append(hard(uri("/other")));
    log.append(soft(uri("/soft")));
    now = NOON.plusSeconds(60);
    log.append(hard(new Scope.Tag("late")));
    List<Barrier> done = log.hardBefore(NOON.plusSeconds(1), Long.MAX_VALUE);
    assertThat(done).hasSize(2);
    log.append(hard(uri("/models")));
    log.retire(done);
    assertThat(log.contents().targets()).isEqualTo(3);
    assertThat(store.barriers).hasSize(3);
    assertThat(log.covers(old)).isEqualTo(Coverage.HARD);
    assertThat(log.covers(answer("/other", old.position()))).isEqualTo(Coverage.NONE);
    assertThat(log.covers(answer("/soft", old.position()))).isEqualTo(Coverage.SOFT);
  }

  @Test
  void theLongestLifeOutlivesARestartAndNeverShrinks() {
    log.stored(Duration.ofMinutes(90));
    log.stored(Duration.ofMinutes(5));
    assertThat(log.longest()).isGreaterThan(Duration.ofMinutes(90));
    assertThat(PurgeLog.open(store, time, 1_000).longest()).isEqualTo(log.longest());
  }

  @Test
  void aPurgeRepeatedLaterKeepsItsTargetFromBeingForgotten() {
    log.append(hard(uri("/models")));
    now = NOON.plusSeconds(1800);
    Answer answer = answer("/models", log.head());
    log.append(hard(uri("/models")));
    now = NOON.plus(HOUR);
    log.trim(now, HOUR, Long.MAX_VALUE);
    assertThat(log.contents().targets()).isEqualTo(1);
    assertThat(log.covers(answer)).isEqualTo(Coverage.HARD);
  }

  @Test
  void tooManyBarriersBecomeOnePurgeOfEverythingAsOldAsThey() {
    Answer oldest = answer("/p/0", log.head());
    for (int i = 0; i < 1_500; i++) {
      log.append(hard(uri("/p/" + i)));
    }
    Answer untouched = answer("/q", log.head());
    log.append(hard(uri("/p/last")));
    log.trim(now, HOUR, Long.MAX_VALUE);
    assertThat(log.contents().targets()).isLessThanOrEqualTo(501);
    assertThat(log.covers(oldest)).isEqualTo(Coverage.HARD);
    assertThat(log.covers(untouched)).isEqualTo(Coverage.NONE);
    assertThat(log.covers(answer("/p/last", untouched.position()))).isEqualTo(Coverage.HARD);
    PurgeLog restarted = PurgeLog.open(store, time, 1_000);
    assertThat(restarted.covers(oldest)).isEqualTo(Coverage.HARD);
    assertThat(restarted.covers(untouched)).isEqualTo(Coverage.NONE);
  }

  @Test
  void softBarriersThatAreMergedOnlyMakeThingsStale() {
    Answer oldest = answer("/q", log.head());
    for (int i = 0; i < 1_001; i++) {
      log.append(soft(uri("/p/" + i)));
    }
    log.trim(now, HOUR, Long.MAX_VALUE);
    assertThat(log.covers(oldest)).isEqualTo(Coverage.SOFT);
  }

  @Test
  void aPurgeThatCannotBeWrittenIsInForceSaysWhyAndIsWrittenLater() {
    Answer answer = answer("/models", log.head());
    store.refusing = true;
    assertThatThrownBy(() -> log.append(hard(uri("/models"))).toCompletableFuture().join())
        .hasCauseInstanceOf(NotKept.class)
        .cause()
        .extracting(failure -> ((NotKept) failure).why().label())
        .isEqualTo("disk-full");
    assertThat(log.covers(answer)).isEqualTo(Coverage.HARD);
    assertThat(log.contents()).isEqualTo(new PurgeLog.Contents(1, 1, 1, 0));

    log.retry();
    assertThat(log.contents().failures()).isEqualTo(2);
    store.refusing = false;
    log.retry();
    assertThat(log.contents().unwritten()).isZero();
    assertThat(PurgeLog.open(store, time, 1_000).covers(answer)).isEqualTo(Coverage.HARD);
  }

  @Test
  void barriersThatCannotBeWrittenFoldWhileTheyWait() {
    store.refusing = true;
    for (int i = 0; i < 50; i++) {
      log.append(hard(uri("/models")));
    }
    assertThat(log.contents().unwritten()).isEqualTo(1);
  }
}
