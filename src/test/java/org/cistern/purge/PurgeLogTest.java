package org.cistern.purge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cistern.purge.Samples.NOON;
import static org.cistern.purge.Samples.answer;
import static org.cistern.purge.Samples.everything;
import static org.cistern.purge.Samples.hard;
import static org.cistern.purge.Samples.soft;
import static org.cistern.purge.Samples.target;
import static org.cistern.purge.Samples.uri;

import java.time.InstantSource;
import java.util.Set;
import org.cistern.answer.Answer;
import org.cistern.answer.Position;
import org.cistern.freshness.Tags;
import org.cistern.purge.Purge.Scope;
import org.junit.jupiter.api.Test;

class PurgeLogTest {

  private final InstantSource time = InstantSource.fixed(NOON);
  private final PurgeLog log = PurgeLog.open(new MemoryBarriers(), time, 1_000);

  @Test
  void anAnswerFetchedBeforeAPurgeIsGoneAndOneFetchedAfterItIsNot() {
    Answer before = answer("/models", log.head());
    log.append(hard(uri("/models")));
    Answer after = answer("/models", log.head());
    assertThat(log.covers(before)).isEqualTo(Coverage.HARD);
    assertThat(log.covers(after)).isEqualTo(Coverage.NONE);
  }

  @Test
  void aFetchUnderWayWhileThePurgeHappensCannotResurrectWhatItFetched() {
    Position fetchBegan = log.head();
    log.append(hard(uri("/models")));
    assertThat(log.covers(target("/models"), Set.of(), "models", null, fetchBegan))
        .isEqualTo(Coverage.HARD);
  }

  @Test
  void aUriPurgeTakesTheQueryToTheLetter() {
    Position start = log.head();
    log.append(hard(uri("/models?page=1")));
    assertThat(log.covers(answer("/models?page=1", start))).isEqualTo(Coverage.HARD);
    assertThat(log.covers(answer("/models", start))).isEqualTo(Coverage.NONE);
    assertThat(log.covers(answer("/models?page=2", start))).isEqualTo(Coverage.NONE);
  }

  @Test
  void aUriPurgeReachesWhatIsKeptForSeveralQueriesOfItsPath() {
    Position start = log.head();
    Set<String> tags = Set.of(Tags.ofPath(target("/models")));
    Answer several = answer(target("/models?page=1"), tags, "models", null, start);
    Answer own = answer("/models?page=1", start);
    log.append(hard(uri("/model?page=2")));
    assertThat(log.covers(several)).isEqualTo(Coverage.NONE);
    log.append(soft(uri("/models?page=2")));
    assertThat(log.covers(several)).isEqualTo(Coverage.SOFT);
    log.append(hard(uri("/models?page=2")));
    assertThat(log.covers(several)).isEqualTo(Coverage.HARD);
    assertThat(log.covers(own)).isEqualTo(Coverage.NONE);
  }

  @Test
  void allVariantsAndUsersOfAUriFallTogether() {
    Position start = log.head();
    log.append(hard(uri("/me")));
    assertThat(log.covers(answer(target("/me"), Set.of(), "a", "ann", start)))
        .isEqualTo(Coverage.HARD);
    assertThat(log.covers(answer(target("/me"), Set.of(), "b", "bob", start)))
        .isEqualTo(Coverage.HARD);
  }

  @Test
  void aTagARuleAUserAndAPatternReachOnlyTheirAnswers() {
    Position start = log.head();
    Answer answer = answer(target("/a/b"), Set.of("news"), "models", "ann", start);
    assertReaches(answer, new Scope.Tag("news"), new Scope.Tag("old"));
    assertReaches(answer, new Scope.ByRule("models"), new Scope.ByRule("news"));
    assertReaches(answer, new Scope.User("ann"), new Scope.User("models"));
    assertReaches(answer, new Scope.Pattern("*", "/a/*"), new Scope.Pattern("*", "/b/**"));
    assertReaches(
        answer, new Scope.Pattern("api.example", "/**"), new Scope.Pattern("example", "/**"));
    assertReaches(answer, everything(), new Scope.User("everything"));
  }

  private void assertReaches(Answer answer, Scope scope, Scope other) {
    PurgeLog fresh = PurgeLog.open(new MemoryBarriers(), time, 1_000);
    Answer stored =
        answer(answer.target(), answer.tags(), answer.rule(), answer.owner(), fresh.head());
    fresh.append(hard(other));
    assertThat(fresh.covers(stored)).as("%s", other).isEqualTo(Coverage.NONE);
    fresh.append(hard(scope));
    assertThat(fresh.covers(stored)).as("%s", scope).isEqualTo(Coverage.HARD);
  }

  @Test
  void aNewerSoftPurgeDoesNotLiftAnOlderHardOne() {
    Answer oldest = answer("/models", log.head());
    log.append(hard(uri("/models")));
    Answer between = answer("/models", log.head());
    log.append(soft(uri("/models")));
    assertThat(log.covers(oldest)).isEqualTo(Coverage.HARD);
    assertThat(log.covers(between)).isEqualTo(Coverage.SOFT);
  }

  @Test
  void theHardestOfSeveralPurgesCounts() {
    Answer answer = answer("/models", log.head());
    log.append(hard(new Scope.Tag("news")));
    log.append(soft(everything()));
    log.append(soft(uri("/models")));
    assertThat(log.covers(answer)).isEqualTo(Coverage.HARD);
  }

  @Test
  void anAnswerOfAnotherEpochIsStaleAndGoneWhereAHardPurgeReachesIt() {
    Position foreign = new Position(log.head().epoch() + 1, 1_000_000);
    log.append(hard(uri("/gone")));
    assertThat(log.covers(answer("/models", foreign))).isEqualTo(Coverage.SOFT);
    assertThat(log.covers(answer("/gone", foreign))).isEqualTo(Coverage.HARD);
  }

  @Test
  void aHitBehindNoPurgeGetsBackTheVeryThingItRemembered() {
    Answer answer = answer("/models", log.head());
    Checked first = log.check(answer, null);
    assertThat(log.check(answer, first)).isSameAs(first);
    log.append(hard(uri("/other")));
    Checked second = log.check(answer, first);
    assertThat(second).isNotSameAs(first);
    assertThat(second.coverage()).isEqualTo(Coverage.NONE);
    assertThat(log.check(answer, second)).isSameAs(second);
  }

  @Test
  void whatWasRememberedNeverHidesAPurge() {
    Answer answer = answer("/models", log.head());
    Checked clean = log.check(answer, null);
    log.append(soft(uri("/models")));
    Checked stale = log.check(answer, clean);
    log.append(hard(uri("/other")));
    Checked stillStale = log.check(answer, stale);
    log.append(hard(everything()));
    Checked gone = log.check(answer, stillStale);
    log.append(soft(everything()));
    assertThat(stale.coverage()).isEqualTo(Coverage.SOFT);
    assertThat(stillStale.coverage()).isEqualTo(Coverage.SOFT);
    assertThat(gone.coverage()).isEqualTo(Coverage.HARD);
    assertThat(log.check(answer, gone).coverage()).isEqualTo(Coverage.HARD);
  }

  @Test
  void theHeadIsOneObjectUntilAPurgeMovesIt() {
    Position start = log.head();
    assertThat(log.head()).isSameAs(start);
    Position entered = log.append(hard(everything())).toCompletableFuture().join();
    assertThat(log.head()).isEqualTo(entered).isSameAs(log.head());
    assertThat(entered.number()).isEqualTo(start.number() + 1);
  }

  @Test
  void aPatternThatNoPathCanMatchIsRefusedInWords() {
    assertThatThrownBy(() -> new Scope.Pattern("*", "models/**"))
        .hasMessage("the path pattern 'models/**' must begin with / or *, as paths begin with /");
  }
}
