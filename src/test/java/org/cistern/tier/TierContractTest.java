package org.cistern.tier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.cistern.answer.Answer;
import org.cistern.http.Fields;
import org.cistern.http.Headers;
import org.cistern.rule.Key;
import org.cistern.tier.Tier.Stored;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for every tier; see {@link Tier}. */
class TierContractTest {

  private static final Headers ANY = Headers.empty();

  private final FakeClock clock = new FakeClock();
  private final List<Tier> opened = new ArrayList<>();
  @TempDir Path folder;

  @AfterEach
  void close() {
    opened.forEach(Tier::close);
  }

  @ParameterizedTest
  @EnumSource
  void whatIsStoredIsFoundWhole(TierSpec spec) {
    Tier tier = open(spec);
    Answer answer = sample("body").answer();
    assertThat(store(tier, Samples.key(1), answer)).isEqualTo(Stored.DONE);
    Answer found = find(tier, Samples.key(1), ANY).answer();
    assertThat(found).usingRecursiveComparison().ignoringFields("body").isEqualTo(answer);
    assertThat(body(tier, Samples.key(1), ANY)).isEqualTo("body");
  }

  @ParameterizedTest
  @EnumSource
  void aLargeBodyComesBackByteForByte(TierSpec spec) {
    Tier tier = open(spec);
    StringBuilder text = new StringBuilder();
    for (int i = 0; text.length() < 1_500_000; i++) {
      text.append(i * 7919L % 104729);
    }
    store(tier, Samples.key("large"), sample(text.toString()).answer());
    assertThat(body(tier, Samples.key("large"), ANY)).isEqualTo(text.toString());
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsFoundUnderAKeyThatWasNeverStored(TierSpec spec) {
    assertThat(find(open(spec), Samples.key(1), ANY)).isEqualTo(Found.miss(Found.Miss.ABSENT));
  }

  @ParameterizedTest
  @EnumSource
  void theNewestOfOneVariantReplacesTheOlder(TierSpec spec) {
    Tier tier = open(spec);
    store(tier, Samples.key(1), sample("old").answer());
    store(tier, Samples.key(1), sample("new").answer());
    assertThat(body(tier, Samples.key(1), ANY)).isEqualTo("new");
    assertThat(tier.contents().entries()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void whatIsStoredDeadHidesWhatItReplacesAtOnce(TierSpec spec) {
    Tier tier = open(spec);
    for (int i = 0; i < 50; i++) {
      Answer answer = sample("alive").answer();
      store(tier, Samples.key(i), answer);
      CompletionStage<Stored> dead = tier.store(Samples.key(i), Samples.deadOf(answer), 8);
      assertThat(find(tier, Samples.key(i), ANY).answer()).isNull();
      assertThat(await(dead)).isEqualTo(Stored.DONE);
      assertThat(find(tier, Samples.key(i), ANY).answer()).isNull();
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsStoredIsFoundAtOnceAlsoWhereAnotherVariantFollows(TierSpec spec) {
    Tier tier = open(spec);
    for (int i = 0; i < 50; i++) {
      Key key = Samples.key(i);
      store(tier, key, sample("old").varyingOn("x-kind", kind("a")).answer());
      tier.store(key, sample("new").varyingOn("x-kind", kind("a")).answer(), 8);
      tier.store(key, sample("other").varyingOn("x-kind", kind("b")).answer(), 8);
      assertThat(body(tier, key, kind("a"))).isEqualTo("new");
      assertThat(body(tier, key, kind("b"))).isEqualTo("other");
    }
  }

  @ParameterizedTest
  @EnumSource
  void eachRequestFindsItsOwnVariant(TierSpec spec) {
    Tier tier = open(spec);
    for (String kind : List.of("a", "b", "c")) {
      store(tier, Samples.key(1), sample("for " + kind).varyingOn("x-kind", kind(kind)).answer());
    }
    assertThat(body(tier, Samples.key(1), kind("a"))).isEqualTo("for a");
    assertThat(body(tier, Samples.key(1), kind("c"))).isEqualTo("for c");
    assertThat(find(tier, Samples.key(1), ANY).miss()).isEqualTo(Found.Miss.VARIANT);
  }

  @ParameterizedTest
  @EnumSource
  void ofTwoVariantsThatMatchTheOneStoredLastIsFound(TierSpec spec) {
    Tier tier = open(spec);
    store(tier, Samples.key(1), sample("by kind").varyingOn("x-kind", kind("a")).answer());
    store(tier, Samples.key(1), sample("by size").varyingOn("x-size", ANY).answer());
    assertThat(body(tier, Samples.key(1), kind("a"))).isEqualTo("by size");
  }

  @ParameterizedTest
  @EnumSource
  void beyondTheirNumberTheOldestVariantGoes(TierSpec spec) {
    Tier tier = open(spec);
    for (String kind : List.of("a", "b", "c")) {
      Answer answer = sample(kind).varyingOn("x-kind", kind(kind)).answer();
      await(tier.store(Samples.key(1), answer, 2));
    }
    assertThat(find(tier, Samples.key(1), kind("a")).answer()).isNull();
    assertThat(body(tier, Samples.key(1), kind("b"))).isEqualTo("b");
    assertThat(body(tier, Samples.key(1), kind("c"))).isEqualTo("c");
    assertThat(tier.contents().entries()).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsFoundOnceItsLifeHasEnded(TierSpec spec) {
    Tier tier = open(spec);
    Answer answer = sample("short").expires(clock.instant().plusSeconds(5)).answer();
    store(tier, Samples.key(1), answer);
    clock.advance(Duration.ofMillis(4999));
    assertThat(body(tier, Samples.key(1), ANY)).isEqualTo("short");
    clock.advance(Duration.ofMillis(1));
    assertThat(find(tier, Samples.key(1), ANY).miss()).isIn(Found.Miss.EXPIRED, Found.Miss.ABSENT);
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsFoundPastTheTtlOfTheTier(TierSpec spec) {
    Tier tier = open(spec);
    store(tier, Samples.key(1), sample("an hour's").answer());
    clock.advance(tier.ttl().minusMillis(1));
    assertThat(body(tier, Samples.key(1), ANY)).isEqualTo("an hour's");
    clock.advance(Duration.ofMillis(1));
    assertThat(find(tier, Samples.key(1), ANY).answer()).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void whereARuleHasTheLastWordTheTtlOfTheTierDoesNotCount(TierSpec spec) {
    Tier tier = open(spec, new OneRule("last word", RuleBounds.NO_QUOTA));
    store(tier, Samples.key(1), sample("an hour's").rule("last word").answer());
    clock.advance(tier.ttl().plusMinutes(1));
    assertThat(body(tier, Samples.key(1), ANY)).isEqualTo("an hour's");
    clock.advance(Duration.ofHours(1));
    assertThat(find(tier, Samples.key(1), ANY).answer()).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void aRemovedKeyIsFoundNoMoreAndTheOthersAre(TierSpec spec) {
    Tier tier = open(spec);
    store(tier, Samples.key(1), sample("one").answer());
    store(tier, Samples.key(2), sample("two").answer());
    assertThat(await(tier.remove(Samples.key(1)))).isEqualTo(Stored.DONE);
    assertThat(find(tier, Samples.key(1), ANY).answer()).isNull();
    assertThat(body(tier, Samples.key(2), ANY)).isEqualTo("two");
    assertThat(await(tier.remove(Samples.key("never stored")))).isEqualTo(Stored.DONE);
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsFoundAfterAClear(TierSpec spec) {
    Tier tier = open(spec);
    for (int i = 0; i < 50; i++) {
      store(tier, Samples.key(i), sample("x".repeat(i)).answer());
    }
    assertThat(await(tier.clear())).isEqualTo(Stored.DONE);
    for (int i = 0; i < 50; i++) {
      assertThat(find(tier, Samples.key(i), ANY).answer()).isNull();
    }
    assertThat(tier.contents().entries()).isZero();
    store(tier, Samples.key(1), sample("again").answer());
    assertThat(body(tier, Samples.key(1), ANY)).isEqualTo("again");
  }

  @ParameterizedTest
  @EnumSource
  void whatItHoldsStaysWithinItsBound(TierSpec spec) {
    Tier tier = open(spec);
    String body = incompressible(20_000);
    for (int i = 0; i < 400; i++) {
      store(tier, Samples.key(i), sample(body).answer());
    }
    assertThat(tier.contents().bytes()).isBetween(TierSpec.ROOM / 2, TierSpec.ROOM);
    assertThat(tier.contents().evictions()).isGreaterThan(150);
  }

  @ParameterizedTest
  @EnumSource
  void whatIsLargerThanTheTierIsRefusedAndTakesWhatItWouldReplaceAlong(TierSpec spec) {
    Tier tier = open(spec);
    store(tier, Samples.key(1), sample("small").answer());
    String large = incompressible((int) TierSpec.ROOM * 2);
    assertThat(store(tier, Samples.key(1), sample(large).answer())).isEqualTo(Stored.TOO_LARGE);
    assertThat(find(tier, Samples.key(1), ANY).answer()).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void aRuleBeyondItsQuotaLosesItsOwnAndNobodyElses(TierSpec spec) {
    Tier tier = open(spec, new OneRule("none", 100_000));
    store(tier, Samples.key("other"), sample("of another rule").rule("other").answer());
    String body = incompressible(20_000);
    for (int i = 0; i < 20; i++) {
      store(tier, Samples.key(i), sample(body).answer());
    }
    assertThat(body(tier, Samples.key("other"), ANY)).isEqualTo("of another rule");
    assertThat(tier.contents().bytes()).isLessThan(130_000);
    assertThat(body(tier, Samples.key(19), ANY)).isEqualTo(body);
    assertThat(find(tier, Samples.key(0), ANY).answer()).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void whatSurvivesARestartIsFoundAfterIt(TierSpec spec) {
    Tier tier = open(spec);
    assumeThat(tier.abilities().survivesRestart()).isTrue();
    store(tier, Samples.key(1), sample("kept").answer());
    tier.close();
    assertThat(body(open(spec), Samples.key(1), ANY)).isEqualTo("kept");
  }

  @ParameterizedTest
  @EnumSource
  void aSynchronousTierAnswersBeforeTheCallReturns(TierSpec spec) {
    Tier tier = open(spec);
    assumeThat(tier.abilities().synchronous()).isTrue();
    List<Found> found = new ArrayList<>();
    tier.find(Samples.key(1), ANY, found::add);
    assertThat(found).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void aClosedTierStillAnswersEveryCall(TierSpec spec) {
    Tier tier = open(spec);
    tier.close();
    assertThat(find(tier, Samples.key(1), ANY).answer()).isNull();
    assertThat(store(tier, Samples.key(1), sample("late").answer())).isNotNull();
    assertThat(await(tier.remove(Samples.key(1)))).isNotNull();
    assertThat(await(tier.clear())).isNotNull();
  }

  private Tier open(TierSpec spec) {
    return open(spec, RuleBounds.NONE);
  }

  private Tier open(TierSpec spec, RuleBounds rules) {
    Tier tier = spec.open(folder, clock, rules);
    opened.add(tier);
    return tier;
  }

  private Samples sample(String body) {
    return Samples.at(clock.instant(), body);
  }

  private static Headers kind(String kind) {
    return Headers.of("X-Kind", kind);
  }

  private static String incompressible(int length) {
    return new Random(length)
        .ints(length, ' ', '~')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static Stored store(Tier tier, Key key, Answer answer) {
    return await(tier.store(key, answer, 8));
  }

  private static @Nullable String body(Tier tier, Key key, Fields request) {
    Answer answer = find(tier, key, request).answer();
    return answer == null ? null : Samples.text(answer);
  }

  private static Found find(Tier tier, Key key, Fields request) {
    CompletableFuture<Found> found = new CompletableFuture<>();
    tier.find(key, request, found::complete);
    return await(found);
  }

  private static <T> T await(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError("the tier did not call back", e);
    }
  }

  private record OneRule(String lastWord, long quota) implements RuleBounds {
    @Override
    public long quotaBytes(String rule) {
      return rule.equals("rule") ? quota : NO_QUOTA;
    }

    @Override
    public boolean hasLastWord(Level level, String rule) {
      return rule.equals(lastWord);
    }
  }
}
