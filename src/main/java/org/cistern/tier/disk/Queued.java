package org.cistern.tier.disk;

import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.cistern.answer.Answer;
import org.cistern.answer.Variants;
import org.cistern.http.Fields;
import org.cistern.rule.Key;
import org.cistern.tier.Tier.Stored;
import org.jspecify.annotations.Nullable;

/**
 * The answers that wait for the writer, the newest of each key: memory may have let go of one
 * before it is written, and the origin is not to be asked twice for that.
 */
final class Queued {

  private final Map<Key, Work.Put> puts = new ConcurrentHashMap<>();

  /**
   * Shows an answer until it is written, or will not be.
   *
   * @return what became of it, complete once it is shown no more
   */
  CompletionStage<Stored> add(Work.Put put) {
    puts.put(put.key(), put);
    return put.done().whenComplete((outcome, failure) -> over(put));
  }

  @SuppressWarnings("ReferenceEquality") // A later one is shown until it is written itself.
  private void over(Work.Put put) {
    puts.computeIfPresent(put.key(), (key, newest) -> newest == put ? null : newest);
  }

  /** Returns the answer that waits under the key, where it is alive and matches, or null. */
  @Nullable Answer find(Key key, Fields request, long now) {
    Work.Put put = puts.get(key);
    return put != null && isFor(request, put, now) ? put.answer() : null;
  }

  private static boolean isFor(Fields request, Work.Put put, long now) {
    return put.expires() > now && Variants.matches(put.answer(), request);
  }

  /** Shows nothing under the key any more. */
  void forget(Key key) {
    puts.remove(key);
  }

  /** Shows nothing any more. */
  void forgetAll() {
    puts.clear();
  }
}
