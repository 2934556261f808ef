package org.cistern.purge;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** A store that outlives the log in front of it and can be told to refuse. */
final class FlakyStore implements BarrierStore {

  final Map<Purge, Barrier> barriers = new ConcurrentHashMap<>();
  volatile boolean refusing;
  volatile Duration longest = Duration.ZERO;
  private long floor;

  @Override
  public Kept load() {
    floor += 1_000_000;
    return new Kept(7, floor, longest, List.copyOf(barriers.values()));
  }

  @Override
  public CompletionStage<Void> append(List<Barrier> added) {
    if (refusing) {
      return CompletableFuture.failedFuture(
          new NotKept(NotKept.Why.DISK_FULL, "the disk has no room"));
    }
    added.forEach(barrier -> barriers.merge(barrier.purge(), barrier, Barrier::newer));
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<Void> longest(Duration life) {
    longest = life;
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<Void> forget(List<Barrier> gone) {
    gone.forEach(barrier -> barriers.remove(barrier.purge(), barrier));
    return CompletableFuture.completedFuture(null);
  }
}
