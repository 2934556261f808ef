package org.cistern.tier.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.cistern.answer.Answer;
import org.cistern.http.Headers;
import org.cistern.rule.Key;
import org.cistern.tier.FakeClock;
import org.cistern.tier.RuleBounds;
import org.cistern.tier.Samples;
import org.cistern.tier.TierEvents;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MemoryTierTest {

  private static final Headers ANY = Headers.empty();

  private final FakeClock clock = new FakeClock();

  @ParameterizedTest
  @EnumSource
  void aBoundInEntriesIsHeldToTheEntry(MemoryPolicy policy) {
    MemoryTier tier = tier(100 << 20, 100, policy);
    for (int i = 0; i < 500; i++) {
      store(tier, i, "body " + i);
    }
    assertThat(tier.contents().entries()).isEqualTo(100);
    assertThat(tier.contents().evictions()).isEqualTo(400);
  }

  @Test
  void withoutABoundInEntriesOnlyBytesCount() {
    MemoryTier tier = tier(100 << 20, 0, MemoryPolicy.TINYLFU);
    for (int i = 0; i < 20_000; i++) {
      store(tier, i, "body");
    }
    assertThat(tier.contents().entries()).isEqualTo(20_000);
  }

  @Test
  void lruLosesWhatWasUsedLongestAgo() {
    MemoryTier tier = tier(1 << 20, 2, MemoryPolicy.LRU);
    store(tier, 1, "one");
    store(tier, 2, "two");
    found(tier, 1);
    store(tier, 3, "three");
    assertThat(found(tier, 2)).isNull();
    assertThat(found(tier, 1)).isNotNull();
  }

  @Test
  void lfuLosesWhatWasUsedLeast() {
    MemoryTier tier = tier(1 << 20, 2, MemoryPolicy.LFU);
    store(tier, 1, "one");
    found(tier, 1);
    found(tier, 1);
    store(tier, 2, "two");
    found(tier, 2);
    store(tier, 3, "three");
    assertThat(found(tier, 2)).isNull();
    assertThat(found(tier, 1)).isNotNull();
  }

  @Test
  void ttlLosesWhatWouldDieSoonest() {
    MemoryTier tier = tier(1 << 20, 2, MemoryPolicy.TTL);
    store(tier, 1, "one");
    tier.store(
        Samples.key(2),
        Samples.at(clock.instant(), "two").expires(clock.instant().plusSeconds(9)).answer(),
        8);
    store(tier, 3, "three");
    assertThat(found(tier, 2)).isNull();
    assertThat(found(tier, 1)).isNotNull();
  }

  @ParameterizedTest
  @EnumSource
  void anAttachmentStaysWithItsAnswerAndIsWeighed(MemoryPolicy policy) {
    MemoryTier tier = tier(1 << 20, 0, policy);
    Kept kept = kept(tier, 1);
    long before = tier.contents().bytes();
    Coded gzip = new Coded(5000);
    assertThat(tier.attach(Samples.key(1), kept, null, gzip)).isTrue();
    assertThat(tier.contents().bytes()).isEqualTo(before + 5000);
    assertThat(found(tier, 1)).isSameAs(kept);
    assertThat(kept.attachment()).isSameAs(gzip);
    assertThat(tier.attach(Samples.key(1), kept, null, new Coded(1))).isFalse();
    assertThat(tier.attach(Samples.key(1), kept, gzip, new Coded(2 << 20))).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void attachmentsMakeOthersLeave(MemoryPolicy policy) {
    MemoryTier tier = tier(100_000, 0, policy);
    for (int i = 0; i < 60; i++) {
      store(tier, i, "body");
      Kept kept = found(tier, i);
      if (kept != null) {
        tier.attach(Samples.key(i), kept, null, new Coded(9000));
      }
    }
    assertThat(tier.contents().bytes()).isBetween(50_000L, 100_000L);
  }

  @ParameterizedTest
  @EnumSource
  void onlyWhatLeavesForWantOfRoomIsHandedOver(MemoryPolicy policy) {
    MemoryTier tier = tier(1 << 20, 10, policy);
    List<Key> heard = new ArrayList<>();
    tier.onEvicted(Runnable::run, (key, answer) -> heard.add(key));
    for (int i = 0; i < 10; i++) {
      store(tier, i, "body");
    }
    store(tier, 3, "replaced");
    tier.remove(Samples.key(4));
    store(tier, 4, "again");
    assertThat(heard).isEmpty();
    store(tier, 10, "one too many");
    assertThat(heard).hasSize(1);
    clock.advance(Duration.ofHours(2));
    store(tier, 11, "after all have died");
    assertThat(heard).hasSizeBetween(1, 2);
    tier.clear();
    assertThat(heard).hasSizeBetween(1, 2);
    assertThat(tier.contents().entries()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void whatASlowerTierHasDoesNotTakeThePlaceOfWhatIsAsNew(MemoryPolicy policy) {
    MemoryTier tier = tier(1 << 20, 0, policy);
    Answer old = Samples.at(clock.instant(), "old").answer();
    clock.advance(Duration.ofSeconds(1));
    store(tier, 1, "new");
    tier.promote(Samples.key(1), old, null, 8);
    assertThat(text(tier, 1)).isEqualTo("new");
    tier.promote(Samples.key(2), old, null, 8);
    assertThat(text(tier, 2)).isEqualTo("old");
    tier.promote(Samples.key(2), Samples.at(clock.instant(), "newer").answer(), null, 8);
    assertThat(text(tier, 2)).isEqualTo("newer");
  }

  @ParameterizedTest
  @EnumSource
  void aSweepTakesWhatTheTestAcceptsAndNothingElse(MemoryPolicy policy) {
    MemoryTier tier = tier(1 << 20, 0, policy);
    for (int i = 0; i < 10; i++) {
      store(tier, i, "body " + i);
    }
    tier.sweep(answer -> Samples.text(answer).equals("body 3"));
    assertThat(found(tier, 3)).isNull();
    assertThat(tier.contents().entries()).isEqualTo(9);
  }

  private static String text(MemoryTier tier, Object name) {
    Kept kept = tier.peek(Samples.key(name), ANY);
    return kept == null ? "" : Samples.text(kept.answer());
  }

  @ParameterizedTest
  @EnumSource
  void theHottestAreNamedOnceEach(MemoryPolicy policy) {
    MemoryTier tier = tier(1 << 20, 0, policy);
    for (int i = 0; i < 20; i++) {
      store(tier, i, "body");
    }
    List<Key> named = new ArrayList<>();
    tier.hottest(5, (key, kept) -> named.add(key));
    assertThat(named).hasSize(5).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @EnumSource
  void countsHoldWhenManyThreadsStoreFindAttachAndRemove(MemoryPolicy policy) throws Exception {
    MemoryTier tier = tier(60_000, 0, policy);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    for (int thread = 0; thread < 4; thread++) {
      int seed = thread;
      threads.execute(() -> play(tier, new Random(seed)));
    }
    threads.shutdown();
    assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    long alive = IntStream.range(0, 200).filter(id -> found(tier, id) != null).count();
    assertThat(tier.contents().entries()).isEqualTo(alive);
    assertThat(tier.contents().bytes()).isBetween(1L, 60_000L);
    tier.clear();
    assertThat(tier.contents().entries()).isZero();
    assertThat(tier.contents().bytes()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void aHitMakesNoObject(MemoryPolicy policy) {
    MemoryTier tier = tier(1 << 20, 0, policy);
    store(tier, 1, "body");
    Key key = Samples.key(1);
    Instant now = clock.instant();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    hit(tier, key, now, 20_000);
    long before = threads.getCurrentThreadAllocatedBytes();
    hit(tier, key, now, 20_000);
    long perHit = (threads.getCurrentThreadAllocatedBytes() - before) / 20_000;
    assertThat(perHit).isLessThan(policy == MemoryPolicy.TINYLFU ? 1 : 100);
  }

  private static void hit(MemoryTier tier, Key key, Instant now, int times) {
    for (int i = 0; i < times; i++) {
      assertFound(tier.lookup(key, ANY, now));
    }
  }

  private static void assertFound(@Nullable Kept kept) {
    if (kept == null) {
      throw new AssertionError("not found");
    }
  }

  private void play(MemoryTier tier, Random random) {
    for (int i = 0; i < 20_000; i++) {
      int id = random.nextInt(200);
      switch (random.nextInt(4)) {
        case 0 -> store(tier, id, "x".repeat(random.nextInt(3000)));
        case 1 -> tier.remove(Samples.key(id));
        default -> {
          Kept kept = found(tier, id);
          if (kept != null && kept.attachment() == null) {
            tier.attach(Samples.key(id), kept, null, new Coded(random.nextInt(2000)));
          }
        }
      }
    }
  }

  /** The bar of the project is 52% for the default policy; LRU has 50.4% and the optimum 63.6%. */
  @ParameterizedTest
  @EnumSource
  void aRealTraceHitsOftenEnough(MemoryPolicy policy) throws IOException {
    Path trace = Path.of(System.getProperty("cistern.traces", "../shared/data"), "web07.trace");
    assumeThat(trace).as("no trace: set -Dcistern.traces to its folder").exists();
    double ratio = replay(tier(100 << 20, 1000, policy), trace);
    System.out.printf("web07, 1,000 entries, %s: %.2f%%%n", policy.label(), ratio * 100);
    assertThat(ratio).isGreaterThanOrEqualTo(policy == MemoryPolicy.TINYLFU ? 0.52 : 0.37);
  }

  private double replay(MemoryTier tier, Path trace) throws IOException {
    IntBuffer ids = ByteBuffer.wrap(Files.readAllBytes(trace)).asIntBuffer();
    String body = "x".repeat(1024);
    int hits = 0;
    for (int i = 0; i < ids.limit(); i++) {
      if (found(tier, ids.get(i)) != null) {
        hits++;
      } else {
        store(tier, ids.get(i), body);
      }
    }
    return (double) hits / ids.limit();
  }

  private MemoryTier tier(long bytes, long entries, MemoryPolicy policy) {
    MemorySettings settings = new MemorySettings(bytes, entries, Duration.ofMinutes(5), policy);
    return new MemoryTier(settings, clock, RuleBounds.NONE, TierEvents.NONE);
  }

  private void store(MemoryTier tier, int id, String body) {
    tier.store(Samples.key(id), Samples.at(clock.instant(), body).answer(), 8);
  }

  private Kept kept(MemoryTier tier, int id) {
    store(tier, id, "body");
    return Objects.requireNonNull(found(tier, id));
  }

  private @Nullable Kept found(MemoryTier tier, int id) {
    return tier.lookup(Samples.key(id), ANY, clock.instant());
  }

  private record Coded(long weight) implements Attachment {}
}
