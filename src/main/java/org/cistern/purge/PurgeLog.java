package org.cistern.purge;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.cistern.answer.Answer;
import org.cistern.answer.Position;
import org.cistern.http.Target;
import org.jspecify.annotations.Nullable;

/**
 * The purge log of one node: numbers and barriers in memory, written down by a {@link
 * BarrierStore}.
 *
 * <p>An append puts its barrier into the index first and moves the head afterwards; a reader takes
 * the head first and looks into the index afterwards. So nobody holds a head without obeying its
 * barrier, and readers need no lock.
 */
public final class PurgeLog implements Purges {

  private final BarrierStore store;
  private final InstantSource time;
  private final BarrierIndex index = new BarrierIndex();
  private final Unwritten unwritten = new Unwritten();
  private final Squeeze squeeze;
  private final long epoch;
  private volatile Position head;

  private PurgeLog(BarrierStore store, InstantSource time, int maxBarriers) {
    this.store = store;
    this.time = time;
    this.squeeze = new Squeeze(index, maxBarriers);
    BarrierStore.Kept kept = store.load();
    kept.barriers().forEach(index::add);
    this.epoch = kept.epoch();
    this.head = new Position(epoch, kept.floor());
  }

  /**
   * Returns the log as the store has it; blocks while the store is read.
   *
   * @param time tells when a purge is entered
   * @param maxBarriers how many barriers {@link #trim} leaves, at least 2; about 400 bytes each
   * @throws NotKept where the store cannot be used
   */
  public static PurgeLog open(BarrierStore store, InstantSource time, int maxBarriers) {
    return new PurgeLog(store, time, maxBarriers);
  }

  @Override
  public Position head() {
    return head;
  }

  @Override
  public Coverage covers(Answer answer) {
    return covers(answer.target(), answer.tags(), answer.rule(), answer.owner(), answer.position());
  }

  @Override
  public Coverage covers(
      Target target, Set<String> tags, String rule, @Nullable String owner, Position since) {
    Position now = head;
    if (since.epoch() != epoch) {
      return Coverage.SOFT.and(index.covers(target, tags, rule, owner, 0));
    }
    return since.number() >= now.number()
        ? Coverage.NONE
        : index.covers(target, tags, rule, owner, since.number());
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // the head is one object until it moves
  public Checked check(Answer answer, @Nullable Checked before) {
    Position now = head;
    if (before == null) {
      return new Checked(now, covers(answer));
    }
    return before.upTo() == now ? before : recheck(answer, before, now);
  }

  private Checked recheck(Answer answer, Checked before, Position now) {
    return switch (before.coverage()) {
      case HARD -> new Checked(now, Coverage.HARD);
      // Asked anew as a whole, so that a soft purge can be taken back by whoever needs that.
      case SOFT -> new Checked(now, covers(answer));
      case NONE -> new Checked(now, sinceMark(answer, before.upTo()));
    };
  }

  private Coverage sinceMark(Answer answer, Position mark) {
    return mark.epoch() == answer.position().epoch()
        ? covers(answer.target(), answer.tags(), answer.rule(), answer.owner(), mark)
        : covers(answer);
  }

  @Override
  public CompletionStage<Position> append(Purge purge) {
    Barrier barrier = enter(purge, time.instant().truncatedTo(ChronoUnit.MILLIS));
    return write(List.of(barrier)).thenApply(done -> new Position(epoch, barrier.number()));
  }

  private synchronized Barrier enter(Purge purge, Instant at) {
    Position next = new Position(epoch, head.number() + 1);
    Barrier barrier = new Barrier(next.number(), purge, at);
    index.add(barrier);
    head = next;
    return barrier;
  }

  private CompletionStage<Void> write(List<Barrier> barriers) {
    return barriers.isEmpty()
        ? CompletableFuture.completedFuture(null)
        : store.append(barriers).whenComplete((done, failure) -> note(barriers, failure));
  }

  private void note(List<Barrier> barriers, @Nullable Throwable failure) {
    if (failure == null) {
      unwritten.written(barriers);
    } else {
      unwritten.add(barriers, reason(failure));
    }
  }

  private static NotKept reason(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof NotKept reason
        ? reason
        : new NotKept(NotKept.Why.FAILED, String.valueOf(cause));
  }

  /**
   * Writes down what the store has refused before; to be called every few seconds.
   *
   * @return completed as {@link BarrierStore#append} is
   */
  public CompletionStage<Void> retry() {
    return write(unwritten.all());
  }

  /**
   * Forgets the barriers that no answer can be older than any more, and, where too many are left,
   * merges the oldest into a purge of everything as old as they are: more is purged than was asked,
   * never less. To be called every few seconds, on a thread that may take some milliseconds.
   *
   * @param now the present
   * @param longest the longest that any tier keeps an answer, stale windows included
   * @return completed once the store has forgotten them too, or exceptionally with {@link NotKept}
   */
  public CompletionStage<Void> trim(Instant now, Duration longest) {
    Instant until = now.minus(longest);
    List<Barrier> gone = index.remove(barrier -> !barrier.at().isAfter(until));
    unwritten.trim(until);
    Squeeze.Merged merged = squeeze.run();
    gone.addAll(merged.gone());
    return write(merged.into()).thenCompose(done -> store.forget(gone));
  }

  /** Returns what the log holds now. */
  public Contents contents() {
    return new Contents(index.targets(), unwritten.all().size(), unwritten.failures());
  }

  /**
   * What the log holds.
   *
   * @param targets how many targets have barriers
   * @param unwritten how many barriers are in force but not written down
   * @param failures how often writing has failed since the start
   */
  public record Contents(int targets, int unwritten, long failures) {}
}
