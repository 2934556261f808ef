package org.cistern.camel.keep;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.cistern.answer.Answer;
import org.cistern.freshness.Asked;
import org.cistern.http.Fields;
import org.cistern.http.Headers;
import org.cistern.http.uri.Request;
import org.cistern.http.uri.Target;
import org.cistern.purge.MemoryBarriers;
import org.cistern.purge.PurgeLog;
import org.cistern.rule.Books;
import org.cistern.rule.HostAliases;
import org.cistern.rule.Key;
import org.cistern.rule.Keys;
import org.cistern.tier.FakeClock;
import org.cistern.tier.Found;
import org.cistern.tier.RuleBounds;
import org.cistern.tier.Samples;
import org.cistern.tier.Tier;
import org.cistern.tier.TierEvents;
import org.cistern.tier.ZstdCompression;
import org.cistern.tier.disk.DiskSettings;
import org.cistern.tier.disk.DiskTier;
import org.cistern.tier.memory.MemoryPolicy;
import org.cistern.tier.memory.MemorySettings;
import org.cistern.tier.memory.MemoryTier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is forgotten of what a real memory and a real disk have. */
class KeeperTest {

  private static final Key KEY = Samples.key(1);

  private final FakeClock clock = new FakeClock();
  @TempDir Path folder;
  private MemoryTier memory;
  private DiskTier disk;
  private Keeper keeper;

  @BeforeEach
  void start() {
    memory =
        new MemoryTier(
            new MemorySettings(1 << 20, 0, Duration.ofHours(1), MemoryPolicy.TINYLFU),
            clock,
            RuleBounds.NONE,
            TierEvents.NONE);
    disk =
        DiskTier.open(
            DiskSettings.of(folder, 8 << 20, Duration.ofHours(1)),
            1,
            new ZstdCompression(),
            clock,
            RuleBounds.NONE,
            TierEvents.NONE);
    PurgeLog purges = PurgeLog.open(new MemoryBarriers(), clock, 1000);
    WriteBack writeBack = new WriteBack(disk, purges, TierEvents.NONE, clock, System::nanoTime);
    keeper = new Keeper(new Keys(HostAliases.none()), memory, disk, writeBack, life -> {});
  }

  @AfterEach
  void close() {
    disk.close();
  }

  private Answer kept(String body) {
    Answer answer = Samples.at(clock.instant(), body).answer();
    memory.keep(KEY, answer, 8);
    disk.store(KEY, answer, 8).toCompletableFuture().join();
    return answer;
  }

  private void withdraw(Answer answer) {
    Request request = new Head(answer.target());
    keeper.withdraw(Asked.of(request, Books.rule()), KEY, Samples.deadOf(answer));
  }

  private @Nullable String found(Tier tier) {
    CompletableFuture<Found> found = new CompletableFuture<>();
    tier.find(KEY, Headers.empty(), found::complete);
    Answer answer = found.join().answer();
    return answer == null ? null : Samples.text(answer);
  }

  @Test
  void whatIsWithdrawnIsInNoTierAtOnce() {
    withdraw(kept("other content"));
    assertThat(found(memory)).isNull();
    assertThat(found(disk)).isNull();
  }

  @Test
  void whatWasAskedForLaterStaysWhereItsForerunnerIsWithdrawn() {
    Answer early = kept("early");
    clock.advance(Duration.ofSeconds(1));
    kept("late");
    withdraw(early);
    assertThat(found(memory)).isEqualTo("late");
    assertThat(found(disk)).isEqualTo("late");
  }

  private record Head(Target target) implements Request {
    @Override
    public String method() {
      return "HEAD";
    }

    @Override
    public Fields fields() {
      return Headers.empty();
    }
  }
}
