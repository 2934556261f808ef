package org.cistern.camel.guard;

import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;

/** The threads on which users' blocking steps run; nothing of the gateway's own waits for them. */
final class Workers {

  private static final int THREADS = 64;

  private final WorkerExecutor executor;

  Workers(Vertx vertx) {
    this.executor = vertx.createSharedWorkerExecutor("cistern-steps", THREADS);
  }

  /** Runs a task; it has to look after its own failures. */
  void run(Runnable task) {
    executor.executeBlocking(
        () -> {
          task.run();
          return null;
        },
        false);
  }
}
