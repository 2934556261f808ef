package org.cistern.purge;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A store that keeps nothing: for a node without a disk tier, or without a folder to write to.
 * Every start has an epoch of its own, so that nothing stored before is taken for checked.
 */
public final class MemoryBarriers implements BarrierStore {

  private final long epoch = new SecureRandom().nextLong();

  @Override
  public Kept load() {
    return new Kept(epoch, 0, Duration.ZERO, List.of());
  }

  @Override
  public CompletionStage<Void> append(List<Barrier> barriers) {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<Void> longest(Duration life) {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<Void> forget(List<Barrier> barriers) {
    return CompletableFuture.completedFuture(null);
  }
}
