package org.cistern.tier.disk;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads of L3. None keeps the process alive. */
final class Threads {

  private Threads() {}

  /** Returns the writer's thread, not yet started. */
  static Thread writer(Runnable task) {
    return daemon(task, "cistern-l3-writer");
  }

  /** Returns a pool that refuses what neither runs nor may wait. */
  static ThreadPoolExecutor readers(int running, int waiting) {
    return new ThreadPoolExecutor(
        running,
        running,
        0,
        TimeUnit.SECONDS,
        new ArrayBlockingQueue<>(waiting),
        task -> daemon(task, "cistern-l3-reader"));
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }
}
