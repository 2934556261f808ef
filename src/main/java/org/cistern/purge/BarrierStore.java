package org.cistern.purge;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Where the log is written down. Barriers of one target and hardness fold into the newest. */
public interface BarrierStore {

  /**
   * Returns what earlier runs have left. Called once, before anything else; may block.
   *
   * @throws NotKept where it cannot be read, or cannot be written to
   */
  Kept load();

  /**
   * Writes barriers down. Calls made at the same time share one commit.
   *
   * @return completed once they outlive a crash, or exceptionally with {@link NotKept}
   */
  CompletionStage<Void> append(List<Barrier> barriers);

  /**
   * Deletes barriers; one that has been folded into a newer one stays.
   *
   * @return completed once they are deleted, or exceptionally with {@link NotKept}
   */
  CompletionStage<Void> forget(List<Barrier> barriers);

  /**
   * Writes down how long an answer may live at most.
   *
   * @return completed once that outlives a crash, or exceptionally with {@link NotKept}
   */
  CompletionStage<Void> longest(Duration life);

  /**
   * What a store holds at the start.
   *
   * @param epoch the random number that names this log
   * @param floor a number at or above every one that earlier runs may have given, also to barriers
   *     that a crash has lost: answers on disk carry those, and a new barrier must be above them
   * @param longest the longest life of an answer that earlier runs may have stored
   * @param barriers the barriers, in any order
   */
  record Kept(long epoch, long floor, Duration longest, List<Barrier> barriers) {
    public Kept {
      barriers = List.copyOf(barriers);
    }
  }
}
