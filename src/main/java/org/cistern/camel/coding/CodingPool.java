package org.cistern.camel.coding;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * The threads that code content: few, with a short queue. What finds no place there goes out as it
 * is, and the next client that wants the coded form tries again.
 */
public final class CodingPool implements AutoCloseable {

  private static final int WAITING = 64;
  private static final long LINGER_SECONDS = 10;

  private final ThreadPoolExecutor executor;
  private final LongAdder begun = new LongAdder();

  /** Makes it; the threads begin when there is work, and end without it. */
  public CodingPool(int threads) {
    this.executor =
        new ThreadPoolExecutor(
            threads,
            threads,
            LINGER_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            CodingPool::thread);
    executor.allowCoreThreadTimeOut(true);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "cistern-coding");
    thread.setDaemon(true);
    return thread;
  }

  /** Runs a task, or returns false where there is no place for it. */
  public boolean run(Runnable task) {
    try {
      executor.execute(task);
      begun.increment();
      return true;
    } catch (RejectedExecutionException full) {
      return false;
    }
  }

  /** Returns how many tasks found a place. */
  public long begun() {
    return begun.sum();
  }

  @Override
  public void close() {
    executor.shutdown();
  }
}
