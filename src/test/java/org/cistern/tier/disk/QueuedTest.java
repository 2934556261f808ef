package org.cistern.tier.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.cistern.answer.AnswerCodec;
import org.cistern.http.Headers;
import org.cistern.rule.Key;
import org.cistern.tier.Found;
import org.cistern.tier.Samples;
import org.cistern.tier.Tier.Stored;
import org.cistern.tier.ZstdCompression;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is known of a key without a look at the file, while removals of it wait. */
class QueuedTest {

  private static final Key KEY = Samples.key(1);
  private static final Found ABSENT = Found.miss(Found.Miss.ABSENT);
  private static final long NOW = 1_000_000;

  private final Queued queued = new Queued(new Doubts());

  @Test
  void aRemovalThatWaitsHidesWhatTheFileHasUntilItIsDone() {
    Work.Remove removal = remove();
    assertThat(found()).isEqualTo(ABSENT);
    removal.done().complete(Stored.DONE);
    assertThat(found()).isNull();
  }

  @Test
  void ofSeveralRemovalsTheLastToBeDoneShowsTheFileAgain() {
    Work.Remove first = remove();
    Work.Remove second = remove();
    first.done().complete(Stored.DONE);
    assertThat(found()).isEqualTo(ABSENT);
    second.done().complete(Stored.DONE);
    assertThat(found()).isNull();
  }

  @Test
  void whatARemovalThatIsLostWasToTakeStaysInDoubt() {
    remove().done().complete(Stored.DROPPED);
    assertThat(found()).isEqualTo(Found.miss(Found.Miss.DOWN));
  }

  @Test
  void whatIsStoredBehindARemovalIsShownAndWhatWasBeforeItIsNot() {
    store("before");
    remove();
    assertThat(found()).isEqualTo(ABSENT);
    store("behind");
    assertThat(Samples.text(Objects.requireNonNull(Objects.requireNonNull(found()).answer())))
        .isEqualTo("behind");
  }

  private Work.Remove remove() {
    Work.Remove removal = new Work.Remove(KEY, new CompletableFuture<>());
    var unused = queued.add(removal);
    return removal;
  }

  private void store(String body) {
    var unused =
        queued.add(
            new Work.Put(
                KEY,
                Samples.at(Instant.ofEpochMilli(NOW), body).answer(),
                8,
                NOW + 1,
                NOW,
                new AnswerCodec(new ZstdCompression()),
                queued::shows,
                new CompletableFuture<>()));
  }

  private @Nullable Found found() {
    return queued.find(KEY, Headers.empty(), NOW);
  }
}
