package org.cistern.tier;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.cistern.answer.Answer;
import org.cistern.http.Fields;
import org.cistern.rule.Key;

/**
 * A store of answers. What holds for every tier: a broken tier is a miss, never an error; an answer
 * is found whole or not at all; what is found is one of the variants under the key whose {@code
 * varied} fields match the request's, the one stored last where several do; nothing is found past
 * its {@code expires} or past the tier's own TTL; no call blocks the caller.
 */
public interface Tier extends AutoCloseable {

  /** Returns which tier it is. */
  Level level();

  /**
   * Looks an answer up. The callback is called exactly once, either before this returns (memory) or
   * later on a thread of the tier's; it must hand over to its own thread itself.
   */
  void find(Key key, Fields request, Consumer<Found> then);

  /**
   * Keeps an answer beside the other variants of the key, replacing the one that the same request
   * would find. At most {@code maxVariants} are kept, the oldest go first.
   *
   * <p>Look-ups that begin after the call find it, or nothing where it is dead already or cannot be
   * kept, and not what it replaces.
   *
   * @return completed with what became of it once it is as durable as this tier makes it; never
   *     completed exceptionally
   */
  CompletionStage<Stored> store(Key key, Answer answer, int maxVariants);

  /** Forgets all variants under the key; completed when no look-up finds them any more. */
  CompletionStage<Stored> remove(Key key);

  /** Forgets everything; completed when no look-up finds anything any more. */
  CompletionStage<Stored> clear();

  /** Returns what it holds now; counts may lag by the writes under way. */
  Contents contents();

  /** Returns what this tier can do and what it cannot. */
  Abilities abilities();

  /** Returns the longest time that this tier keeps a copy. */
  Duration ttl();

  /** Writes what is queued, within a bound, and frees what it holds; never throws. */
  @Override
  void close();

  /** A write that is done already. */
  CompletionStage<Stored> DONE = CompletableFuture.completedStage(Stored.DONE);

  /** What became of a write. */
  enum Stored {
    /** It is kept, or removed. */
    DONE,
    /** It is larger than this tier keeps. */
    TOO_LARGE,
    /** What is kept in its place was asked for later. */
    SUPERSEDED,
    /** The queue is full. */
    DROPPED,
    /** The tier failed, or is away; its disk or memory may be full. */
    FAILED
  }

  /**
   * What a tier holds.
   *
   * @param entries the number of answers
   * @param bytes their weight in bytes, as this tier weighs them
   * @param evictions how many left because of a bound, since the start
   */
  record Contents(long entries, long bytes, long evictions) {}

  /**
   * What a tier can do.
   *
   * @param survivesRestart an answer is still there after the process ends
   * @param synchronous {@code find} calls back before it returns
   * @param sharedByNodes another node finds what this one stored
   */
  record Abilities(boolean survivesRestart, boolean synchronous, boolean sharedByNodes) {}
}
