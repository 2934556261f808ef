package org.cistern.camel.fetch;

import io.vertx.core.Context;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** A wait for work that others do, within a budget; it ends on the event loop that it began on. */
final class Patience {

  private final Context context;
  private boolean over;

  private Patience(Context context) {
    this.context = context;
  }

  /**
   * Waits; called on the context.
   *
   * @param then runs on the context once the stage is complete, in whatever way
   * @param late runs in its place once the budget is spent
   */
  static void await(
      Context context, CompletionStage<?> stage, Duration budget, Runnable then, Runnable late) {
    if (stage.toCompletableFuture().isDone()) {
      then.run();
    } else {
      new Patience(context).await(stage, budget, then, late);
    }
  }

  private void await(CompletionStage<?> stage, Duration budget, Runnable then, Runnable late) {
    long timer = context.owner().setTimer(budget.toMillis(), id -> once(late));
    var unused =
        stage.whenComplete(
            (done, failure) -> {
              context.owner().cancelTimer(timer);
              once(then);
            });
  }

  private void once(Runnable end) {
    context.runOnContext(
        task -> {
          if (!over) {
            over = true;
            end.run();
          }
        });
  }
}
