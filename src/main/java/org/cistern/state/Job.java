package org.cistern.state;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A work in the writer's queue, and the promise made to who asked for it. */
final class Job<T> {

  private final Work<T> work;
  private final CompletableFuture<T> done = new CompletableFuture<>();
  private @Nullable Runnable success;

  Job(Work<T> work) {
    this.work = work;
  }

  /** Does the work; nobody is told before it is committed. */
  void run(Connection connection) throws SQLException {
    T result = work.on(connection);
    success = () -> done.complete(result);
  }

  void succeed() {
    if (success != null) {
      success.run();
    }
  }

  void fail(StateFailure failure) {
    done.completeExceptionally(failure);
  }

  boolean isDone() {
    return done.isDone();
  }

  CompletionStage<T> done() {
    return done;
  }
}
