package org.cistern.tier.disk;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.cistern.answer.Asking;
import org.cistern.answer.Variants;
import org.cistern.http.Fields;
import org.cistern.rule.Key;
import org.cistern.tier.Found;
import org.cistern.tier.Tier.Stored;
import org.jspecify.annotations.Nullable;

/**
 * The answers that wait for the writer, the newest of each variant: memory may have let go of one
 * before it is written, and the origin is not to be asked twice for that; and what one replaces is
 * still on the disk, where nobody is to find it any more, not even where the write comes to
 * nothing. A removal that waits hides what the disk has, too.
 */
final class Queued {

  /** Of each key what came last comes first. */
  private final Map<Key, List<Work.Put>> puts = new ConcurrentHashMap<>();

  /** How many removals of a key wait. */
  private final Map<Key, Integer> removals = new ConcurrentHashMap<>();

  private final Doubts doubts;

  Queued(Doubts doubts) {
    this.doubts = doubts;
  }

  /**
   * Shows an answer until it is written, or will not be; unless one was asked for later that waits,
   * or that was lost.
   *
   * @return what became of it, complete once it is shown no more
   */
  CompletionStage<Stored> add(Work.Put put) {
    if (!doubts.hasLater(put.key(), put.asking(), put.now())) {
      puts.merge(put.key(), List.of(put), (there, added) -> with(put, there));
    }
    return put.done().whenComplete((outcome, failure) -> over(put, outcome));
  }

  private static List<Work.Put> with(Work.Put put, List<Work.Put> there) {
    if (there.stream().anyMatch(old -> old.isReplacedBy(put) && old.isLaterThan(put))) {
      return there;
    }
    List<Work.Put> next = new ArrayList<>(there.size() + 1);
    next.add(put);
    there.stream().filter(old -> !old.isReplacedBy(put)).forEach(next::add);
    return List.copyOf(next);
  }

  private void over(Work.Put put, Stored outcome) {
    // In doubt before it is shown no more: a look-up asks in the other order.
    ifLost(outcome, () -> doubts.add(put.key(), put.asking()));
    puts.computeIfPresent(put.key(), (key, there) -> without(put, there));
  }

  @SuppressWarnings("ReferenceEquality") // A later one is shown until it is written itself.
  private static @Nullable List<Work.Put> without(Work.Put put, List<Work.Put> there) {
    List<Work.Put> left = there.stream().filter(one -> one != put).toList();
    return left.isEmpty() ? null : left;
  }

  private static void ifLost(Stored outcome, Runnable then) {
    if (outcome == Stored.FAILED || outcome == Stored.DROPPED) {
      then.run();
    }
  }

  /** Tells whether it is shown, and so to be written: nothing has replaced or removed it since. */
  @SuppressWarnings("ReferenceEquality")
  boolean shows(Work.Put put) {
    return puts.getOrDefault(put.key(), List.of()).stream().anyMatch(one -> one == put);
  }

  /**
   * Returns what is known of the key without a look at the file, or null: what the newest that
   * waits for this request says, and nothing where the file may have what nobody is to find.
   */
  @Nullable Found find(Key key, Fields request, long now) {
    Found waiting = waiting(key, request, now);
    return waiting == null ? hidden(key) : waiting;
  }

  /** Asks for removals first: one that is lost is in doubt before it waits no more. */
  private @Nullable Found hidden(Key key) {
    if (removals.containsKey(key)) {
      return Found.miss(Found.Miss.ABSENT);
    }
    return doubts.covers(key) ? Found.miss(Found.Miss.DOWN) : null;
  }

  private @Nullable Found waiting(Key key, Fields request, long now) {
    for (Work.Put put : puts.getOrDefault(key, List.of())) {
      if (Variants.matches(put.answer(), request)) {
        return put.expires() > now ? Found.hit(put.answer()) : Found.miss(Found.Miss.EXPIRED);
      }
    }
    return null;
  }

  /**
   * Shows nothing under the key any more but what comes later: what the file has is hidden until it
   * is removed, and in doubt where that is lost.
   */
  CompletionStage<Stored> add(Work.Remove remove) {
    // Hidden before nothing is shown: a look-up asks in the other order.
    removals.merge(remove.key(), 1, Integer::sum);
    puts.remove(remove.key());
    return remove.done().whenComplete((outcome, failure) -> over(remove, outcome));
  }

  private void over(Work.Remove remove, Stored outcome) {
    ifLost(outcome, () -> doubts.add(remove.key(), Asking.NEVER));
    removals.computeIfPresent(remove.key(), (key, waiting) -> waiting == 1 ? null : waiting - 1);
  }

  /** Shows nothing any more. */
  CompletionStage<Stored> add(Work.Clear clear) {
    puts.clear();
    return clear.done().whenComplete((outcome, failure) -> ifLost(outcome, doubts::addAll));
  }
}
