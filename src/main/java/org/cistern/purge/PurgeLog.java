package org.cistern.purge;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.cistern.answer.Answer;
import org.cistern.answer.Position;
import org.cistern.http.uri.Target;
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
  private final Unwritten unwritten;
  private final Squeeze squeeze;
  private final Lifetime lifetime;
  private final long epoch;
  private final LongAdder unconfirmed = new LongAdder();
  private volatile Position head;

  private PurgeLog(BarrierStore store, InstantSource time, int maxBarriers) {
    this.store = store;
    this.time = time;
    this.unwritten = new Unwritten(store);
    this.squeeze = new Squeeze(index, maxBarriers);
    BarrierStore.Kept kept = store.load();
    kept.barriers().forEach(index::add);
    this.lifetime = new Lifetime(store, kept.longest());
    this.epoch = kept.epoch();
    this.head = new Position(epoch, kept.floor());
  }

  /**
   * Returns the log as the store has it; blocks while the store is read.
   *
   * @param time tells when a purge is entered
   * @param maxBarriers how many barriers {@link #trim} leaves, at least 2; about 500 bytes each
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
  public Coverage coversTarget(Target target, Position since) {
    Position now = head;
    if (since.epoch() != epoch) {
      return Coverage.SOFT.and(index.coversTarget(target, 0));
    }
    return since.number() >= now.number()
        ? Coverage.NONE
        : index.coversTarget(target, since.number());
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
    return unwritten
        .write(List.of(barrier))
        .thenApply(done -> new Position(epoch, barrier.number()));
  }

  @Override
  public void unconfirmed() {
    unconfirmed.increment();
  }

  private synchronized Barrier enter(Purge purge, Instant at) {
    Position next = new Position(epoch, head.number() + 1);
    Barrier barrier = new Barrier(next.number(), purge, at);
    index.add(barrier);
    head = next;
    return barrier;
  }

  /**
   * Writes down what the store has refused before; to be called every few seconds.
   *
   * @return completed as {@link BarrierStore#append} is
   */
  public CompletionStage<Void> retry() {
    return unwritten.write(unwritten.all());
  }

  /**
   * Forgets the barriers that no answer can be older than any more, and, where too many are left,
   * merges the oldest into a purge of everything as old as they are: more is purged than was asked,
   * never less. To be called every few seconds, on a thread that may take some milliseconds.
   *
   * @param now the present
   * @param longest the longest that any tier keeps an answer, stale windows included
   * @param oldestFetch the lowest number of a position that a fetch under way has; it needs the
   *     barriers above
   * @return completed once the store has forgotten them too, or exceptionally with {@link NotKept}
   */
  public CompletionStage<Void> trim(Instant now, Duration longest, long oldestFetch) {
    Instant until = now.minus(longest);
    Predicate<Barrier> over =
        barrier -> !barrier.at().isAfter(until) && barrier.number() <= oldestFetch;
    List<Barrier> gone = index.remove(over);
    unwritten.remove(over);
    Squeeze.Merged merged = squeeze.run();
    gone.addAll(merged.gone());
    return unwritten.write(merged.into()).thenCompose(done -> store.forget(gone));
  }

  /** Hears how long an answer that is stored now may live, from its response on. */
  public void stored(Duration life) {
    lifetime.stored(life);
  }

  /** Returns the longest life of all answers that were stored, or a little more. */
  public Duration longest() {
    return lifetime.longest();
  }

  /**
   * Returns the hard barriers that are as old as that, as {@link #retire} takes them: once no store
   * has anything that they cover, they are done.
   *
   * @param oldestFetch the lowest number of a position that a fetch under way has
   */
  public List<Barrier> hardBefore(Instant before, long oldestFetch) {
    return index.hard(barrier -> barrier.number() <= oldestFetch && !barrier.at().isAfter(before));
  }

  /**
   * Forgets barriers that cover nothing any more in any store.
   *
   * @return as {@link #trim} does
   */
  public CompletionStage<Void> retire(List<Barrier> done) {
    Set<Barrier> these = new HashSet<>(done);
    List<Barrier> gone = index.remove(these::contains);
    unwritten.remove(these::contains);
    return store.forget(gone);
  }

  /** Returns what the log holds now. */
  public Contents contents() {
    return new Contents(
        index.targets(), unwritten.all().size(), unwritten.failures(), unconfirmed.sum());
  }

  /**
   * What the log holds.
   *
   * @param targets how many targets have barriers
   * @param unwritten how many barriers are in force but not written down
   * @param failures how often writing has failed since the start
   * @param unconfirmed how often somebody went on before a purge was written down
   */
  public record Contents(int targets, int unwritten, long failures, long unconfirmed) {}
}
