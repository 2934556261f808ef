package org.cistern.conformance;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * The pauses of the suite's protocol: its clients wait between two requests and its origin before a
 * response, and an answer's age in whole seconds depends on it.
 */
final class Pause {

  private Pause() {}

  /** Returns once the time has passed. */
  static void ofMillis(long millis) throws InterruptedException {
    try {
      CompletableFuture.runAsync(
              () -> {}, CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS))
          .get();
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
