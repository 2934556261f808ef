package org.cistern.camel.call;

import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;

/** The threads on which users' blocking steps run; nothing of the gateway's own waits for them. */
public final class Workers {

  private static final int THREADS = 64;

  private final WorkerExecutor executor;

  /** Makes them; the threads begin when there is work. */
  public Workers(Vertx vertx) {
    this.executor = vertx.createSharedWorkerExecutor("cistern-steps", THREADS);
  }

  /** Runs a task; it has to look after its own failures. */
  public void run(Runnable task) {
    executor.executeBlocking(
        () -> {
          task.run();
          return null;
        },
        false);
  }
}
