package org.cistern.tier.disk;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What waits for the writer, bounded in number and bytes. */
final class WorkQueue {

  private static final int BATCH = 512;

  /** How often a batch waits a millisecond for more: a commit costs more than that is worth. */
  private static final int PATIENCE = 3;

  private final LinkedBlockingQueue<Work> waiting;
  private final AtomicLong bytes = new AtomicLong();
  private final long maxBytes;
  private final long batchBytes;

  WorkQueue(int maxWaiting, long maxBytes, long batchBytes) {
    this.waiting = new LinkedBlockingQueue<>(maxWaiting);
    this.maxBytes = maxBytes;
    this.batchBytes = batchBytes;
  }

  /** Returns false where there is no room; a single item always fits. Never blocks. */
  boolean offer(Work work) {
    long weight = work.weight();
    boolean fits = bytes.addAndGet(weight) <= Math.max(maxBytes, weight);
    if (fits && waiting.offer(work)) {
      return true;
    }
    bytes.addAndGet(-weight);
    return false;
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Waits up to so many milliseconds for the first, a little for more; may return none. */
  List<Work> next(long millis) throws InterruptedException {
    List<Work> batch = new ArrayList<>();
    long size = add(waiting.poll(millis, TimeUnit.MILLISECONDS), batch);
    for (int wait = 0; !batch.isEmpty() && wait < PATIENCE; ) {
      Work more = waiting.poll();
      if (more == null) {
        more = waiting.poll(1, TimeUnit.MILLISECONDS);
        wait++;
      }
      size += add(more, batch);
      if (batch.size() >= BATCH || size >= batchBytes) {
        break;
      }
    }
    return batch;
  }

  /** Returns all that waits, and lets it wait no more. */
  List<Work> drain() {
    List<Work> rest = new ArrayList<>();
    waiting.drainTo(rest);
    return rest;
  }

  private long add(@Nullable Work work, List<Work> batch) {
    if (work == null) {
      return 0;
    }
    batch.add(work);
    bytes.addAndGet(-work.weight());
    return work.weight();
  }
}
