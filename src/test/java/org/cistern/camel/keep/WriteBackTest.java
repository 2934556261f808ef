package org.cistern.camel.keep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.cistern.answer.Answer;
import org.cistern.http.Headers;
import org.cistern.purge.MemoryBarriers;
import org.cistern.purge.Purge;
import org.cistern.purge.PurgeLog;
import org.cistern.rule.Key;
import org.cistern.tier.FakeClock;
import org.cistern.tier.Found;
import org.cistern.tier.Level;
import org.cistern.tier.RuleBounds;
import org.cistern.tier.Samples;
import org.cistern.tier.TierEvents;
import org.cistern.tier.ZstdCompression;
import org.cistern.tier.disk.DiskSettings;
import org.cistern.tier.disk.DiskTier;
import org.cistern.tier.memory.MemoryPolicy;
import org.cistern.tier.memory.MemorySettings;
import org.cistern.tier.memory.MemoryTier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Between a real memory and a real disk. */
class WriteBackTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  private final FakeClock clock = new FakeClock();
  private final AtomicLong lost = new AtomicLong();
  private final PurgeLog purges = PurgeLog.open(new MemoryBarriers(), clock, 1000);
  private final TierEvents events =
      new TierEvents() {
        @Override
        public void dropped(Level level, long answers, String why) {
          lost.addAndGet(answers);
        }
      };
  private final List<AutoCloseable> opened = new ArrayList<>();
  private Runnable meanwhile = () -> {};
  @TempDir Path folder;

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : opened) {
      one.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void onlyWhatMemoryHasIsNotedAndTheRestIsOnDisk(MemoryPolicy policy) {
    Bench bench = new Bench(policy, 1 << 20, 20, 8192);
    for (int i = 0; i < 500; i++) {
      bench.keep(Samples.key(i), answer("body " + i));
    }
    assertThat(bench.writeBack.size()).isLessThanOrEqualTo(20);
    await().until(() -> bench.disk.contents().entries() + bench.writeBack.size() == 500);
  }

  @Test
  void whatMemoryIsTooSmallForIsOnDiskAtOnce() {
    Bench bench = new Bench(MemoryPolicy.TINYLFU, 4096, 0, 8192);
    bench.keep(Samples.key(1), answer("x".repeat(5000)));
    assertThat(bench.writeBack.size()).isZero();
    await().until(() -> bench.disk.contents().entries() == 1);
  }

  @Test
  void whatTheDiskRefusesStaysNotedAndIsOfferedAgain() {
    Bench bench = new Bench(MemoryPolicy.TINYLFU, 32 << 20, 0, 4);
    for (int i = 0; i < 2000; i++) {
      bench.keep(Samples.key(i), answer("body " + i));
    }
    clock.advance(Duration.ofSeconds(30));
    for (int i = 0; i < 10_000 && bench.writeBack.size() > 0; i++) {
      bench.writeBack.flush(LONG);
    }
    assertThat(bench.writeBack.size()).isZero();
    assertThat(bench.disk.contents().entries()).isEqualTo(2000);
    assertThat(lost).hasValue(0);
  }

  @Test
  void anAnswerGoesDownBeforeItsLifeInMemoryEnds() {
    Bench bench = new Bench(MemoryPolicy.TINYLFU, 1 << 20, 0, 8192);
    bench.keep(Samples.key(1), answer("body"), clock.instant().plusSeconds(10));
    clock.advance(Duration.ofSeconds(6));
    bench.writeBack.flush(LONG);
    assertThat(bench.writeBack.size()).isEqualTo(1);
    clock.advance(Duration.ofSeconds(1));
    bench.writeBack.flush(LONG);
    assertThat(bench.writeBack.size()).isZero();
    assertThat(bench.text(Samples.key(1))).isEqualTo("body");
    bench.keep(Samples.key(2), answer("short"), clock.instant().plusSeconds(2));
    assertThat(bench.writeBack.size()).isZero();
    assertThat(bench.text(Samples.key(2))).isEqualTo("short");
  }

  @Test
  void neitherWhatIsForgottenNorWhatIsPurgedGoesDown() {
    Bench bench = new Bench(MemoryPolicy.TINYLFU, 1 << 20, 0, 8192);
    bench.keep(Samples.key(1), answer("forgotten"));
    bench.keep(Samples.key(2), answer("purged"));
    bench.writeBack.forget(Samples.key(1), answer("forgotten"));
    purges.append(new Purge(new Purge.Scope.Everything(), true));
    bench.writeBack.drain(bench.memory, LONG);
    assertThat(bench.writeBack.size()).isZero();
    assertThat(bench.disk.contents().entries()).isZero();
  }

  @Test
  void whatIsTakenBackWhileOthersGoDownStaysUp() {
    Bench bench = new Bench(MemoryPolicy.TINYLFU, 1 << 20, 0, 8192);
    Answer taken = answer("taken back");
    bench.keep(Samples.key(1), taken);
    meanwhile = () -> bench.writeBack.forget(Samples.key(1), taken);
    clock.advance(Duration.ofSeconds(30));
    bench.writeBack.flush(LONG);
    assertThat(bench.disk.contents().entries()).isZero();
  }

  @Test
  void anEarlierAnswerThatComesLaterDoesNotTakeThePlaceOfTheLater() {
    Bench bench = new Bench(MemoryPolicy.TINYLFU, 1 << 20, 0, 8192);
    Answer early = answer("early");
    clock.advance(Duration.ofSeconds(1));
    bench.keep(Samples.key(1), answer("late"));
    bench.keep(Samples.key(1), early);
    bench.writeBack.drain(bench.memory, LONG);
    assertThat(bench.text(Samples.key(1))).isEqualTo("late");
  }

  @Test
  void asManyVariantsGoDownAsTheRuleKeeps() {
    Bench bench = new Bench(MemoryPolicy.TINYLFU, 1 << 20, 0, 8192);
    for (String language : List.of("de", "en", "fr", "it")) {
      clock.advance(Duration.ofSeconds(1));
      Headers request = Headers.of("Accept-Language", language);
      bench.keep(Samples.key(1), variant(language, request), 2);
    }
    assertThat(bench.writeBack.size()).isEqualTo(2);
    bench.writeBack.drain(bench.memory, LONG);
    assertThat(bench.disk.contents().entries()).isEqualTo(2);
  }

  @Test
  void ofAnAnswerWhoseVaryHasChangedTheNewerIsFoundOnDisk() {
    Bench bench = new Bench(MemoryPolicy.TINYLFU, 1 << 20, 0, 8192);
    Headers request = Headers.of("Accept-Language", "de", "Accept", "a");
    for (int i = 0; i < 50; i++) {
      Key key = Samples.key(i);
      bench.keep(key, Samples.at(clock.instant(), "old").varyingOn("accept", request).answer());
      clock.advance(Duration.ofMillis(5));
      bench.keep(key, variant("new", request));
    }
    bench.writeBack.drain(bench.memory, LONG);
    for (int i = 0; i < 50; i++) {
      assertThat(bench.text(Samples.key(i), request)).isEqualTo("new");
    }
  }

  @Test
  void whatTheBudgetOfTheEndLeavesOverIsCounted() {
    Bench bench = new Bench(MemoryPolicy.TINYLFU, 64 << 20, 0, 8192);
    for (int i = 0; i < 20; i++) {
      bench.keep(Samples.key(i), answer("x".repeat(1 << 20)));
    }
    bench.writeBack.drain(bench.memory, Duration.ZERO);
    assertThat(lost.get()).isBetween(10L, 20L);
  }

  private Answer answer(String body) {
    return Samples.at(clock.instant(), body).at("/a", purges.head()).answer();
  }

  private Answer variant(String body, Headers request) {
    return Samples.at(clock.instant(), body).varyingOn("accept-language", request).answer();
  }

  private final class Bench {

    private final MemoryTier memory;
    private final DiskTier disk;
    private final WriteBack writeBack;

    Bench(MemoryPolicy policy, long bytes, long entries, int waitingWrites) {
      memory =
          new MemoryTier(
              new MemorySettings(bytes, entries, Duration.ofHours(1), policy),
              clock,
              RuleBounds.NONE,
              TierEvents.NONE);
      DiskSettings settings =
          new DiskSettings(folder, 200 << 20, Duration.ofHours(9), 2, 100, waitingWrites, 32 << 20);
      disk =
          DiskTier.open(
              settings,
              purges.head().epoch(),
              new ZstdCompression(),
              clock,
              RuleBounds.NONE,
              TierEvents.NONE);
      opened.add(disk);
      writeBack = new WriteBack(disk, purges, events, clock, this::nanos);
      memory.onEvicted(Runnable::run, writeBack::evicted);
    }

    /** Whoever writes down looks at the clock before each answer. */
    private long nanos() {
      meanwhile.run();
      return System.nanoTime();
    }

    void keep(Key key, Answer answer) {
      keep(key, answer, 8);
    }

    void keep(Key key, Answer answer, int variants) {
      writeBack.keep(
          key,
          answer,
          variants,
          memory.endOfLife(answer),
          () -> memory.keep(key, answer, variants));
    }

    void keep(Key key, Answer answer, Instant until) {
      writeBack.keep(key, answer, 8, until, () -> memory.keep(key, answer, 8));
    }

    String text(Key key) {
      return text(key, Headers.empty());
    }

    String text(Key key, Headers request) {
      CompletableFuture<Found> found = new CompletableFuture<>();
      disk.find(key, request, found::complete);
      Answer answer = found.join().answer();
      return answer == null ? "" : Samples.text(answer);
    }
  }
}
