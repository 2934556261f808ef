package org.cistern.tier.disk;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.cistern.purge.Purges;
import org.cistern.tier.Tier.Stored;

/** The way through all rows, one step after the other, each behind what else has queued. */
final class ReclaimRound {

  private final Purges purges;
  private final Function<Work, CompletionStage<Stored>> queue;
  private final CompletableFuture<Stored> all = new CompletableFuture<>();

  ReclaimRound(Purges purges, Function<Work, CompletionStage<Stored>> queue) {
    this.purges = purges;
    this.queue = queue;
  }

  CompletionStage<Stored> begin() {
    goOn(Long.MIN_VALUE);
    return all;
  }

  private void goOn(long from) {
    Work.Reclaim step = Work.Reclaim.from(purges, from);
    var unused = queue.apply(step).thenAccept(outcome -> done(step.next().get(), outcome));
  }

  private void done(long next, Stored outcome) {
    if (outcome == Stored.DONE && next != Work.Reclaim.NO_MORE) {
      goOn(next);
    } else {
      all.complete(outcome);
    }
  }
}
