package org.cistern.tier.memory;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.cistern.answer.Answer;
import org.cistern.rule.Key;
import org.jspecify.annotations.Nullable;

/** One answer in memory, and what others keep beside it. Safe for several threads. */
public final class Kept {

  /** Records, instants and the map's own node, measured roughly on a 64-bit heap. */
  private static final int OVERHEAD = 512;

  private static final AtomicReferenceFieldUpdater<Kept, @Nullable Attachment> ATTACHMENT =
      AtomicReferenceFieldUpdater.newUpdater(Kept.class, Attachment.class, "attachment");

  /** Longer than most responses take that were asked for before what ended a life. */
  private static final Duration MARKED = Duration.ofMinutes(1);

  private final Answer answer;
  private final Instant until;
  private final long ownWeight;
  private volatile @Nullable Attachment attachment;

  Kept(Key key, Answer answer, Instant until) {
    this.answer = answer;
    this.until = until;
    this.ownWeight = weightOf(key, answer);
  }

  /** Returns the answer. */
  public Answer answer() {
    return answer;
  }

  /** Returns when its life in this tier ends. */
  public Instant until() {
    return until;
  }

  /** Returns what was attached last, or null; see {@link MemoryTier#attach}. */
  public @Nullable Attachment attachment() {
    return attachment;
  }

  public boolean isAliveAt(Instant now) {
    return now.isBefore(until);
  }

  /**
   * Returns until when it is needed: what says that an answer is gone must outlast those that were
   * asked for before.
   */
  Instant stays() {
    return answer.isDead() ? answer.responseTime().plus(MARKED) : until;
  }

  boolean attach(@Nullable Attachment expected, Attachment next) {
    return ATTACHMENT.compareAndSet(this, expected, next);
  }

  long weight() {
    Attachment beside = attachment;
    return beside == null ? ownWeight : ownWeight + beside.weight();
  }

  private static long weightOf(Key key, Answer answer) {
    String query = answer.target().query();
    return OVERHEAD
        + answer.body().size()
        + answer.headers().weight()
        + answer.varied().weight()
        + key.text().length()
        + answer.target().path().length()
        + (query == null ? 0 : query.length())
        + 64L * answer.tags().size();
  }
}
