package org.cistern.state;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes. What has queued is committed together; between two commits lies at
 * least a millisecond, so that a flood of writes shares the disk's syncs while a lone write waits
 * for none.
 */
final class StateWriter {

  private static final Logger LOG = LoggerFactory.getLogger(StateWriter.class);
  private static final int MAX_WAITING = 100_000;
  private static final int MAX_BATCH = 5_000;
  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(1);

  private final Connection connection;
  private final BlockingQueue<Job<?>> queue = new LinkedBlockingQueue<>(MAX_WAITING);
  private final Job<Boolean> end = new Job<>(any -> true);
  private final Thread thread = new Thread(this::run, "cistern-state");
  private volatile boolean closed;

  StateWriter(Connection connection) {
    this.connection = connection;
    thread.setDaemon(true);
    thread.start();
  }

  <T> CompletionStage<T> write(Work<T> work) {
    Job<T> job = new Job<>(work);
    if (closed) {
      job.fail(closedFailure());
    } else if (!queue.offer(job)) {
      job.fail(new StateFailure(StateFailure.Why.BUSY, MAX_WAITING + " writes to state.db wait"));
    } else if (closed && queue.remove(job)) {
      // The end was queued in between, and nobody would come to this job any more.
      job.fail(closedFailure());
    }
    return job.done();
  }

  private static StateFailure closedFailure() {
    return new StateFailure(StateFailure.Why.CLOSED, "state.db is closed");
  }

  private void run() {
    try {
      while (!end.isDone()) {
        commit(next());
        LockSupport.parkNanos(PAUSE);
      }
    } catch (InterruptedException stop) {
      closed = true;
    }
    for (Job<?> late = queue.poll(); late != null; late = queue.poll()) {
      late.fail(closedFailure());
    }
  }

  private List<Job<?>> next() throws InterruptedException {
    List<Job<?>> batch = new ArrayList<>();
    batch.add(queue.take());
    queue.drainTo(batch, MAX_BATCH - 1);
    return batch;
  }

  /**
   * Commits all at once; where that fails, each alone, so that one cannot spoil the others.
   * Whatever is thrown, the thread lives on, for nobody else writes.
   */
  private void commit(List<Job<?>> batch) {
    try {
      together(batch);
    } catch (SQLException | RuntimeException | Error failure) {
      rollback();
      if (batch.size() == 1) {
        batch.get(0).fail(StateFailure.of(failure));
      } else {
        batch.forEach(job -> commit(List.of(job)));
      }
      return;
    }
    batch.forEach(Job::succeed);
  }

  private void together(List<Job<?>> batch) throws SQLException {
    execute("BEGIN IMMEDIATE");
    for (Job<?> job : batch) {
      job.run(connection);
    }
    execute("COMMIT");
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void rollback() {
    try {
      execute("ROLLBACK");
    } catch (SQLException nothingLeft) {
      LOG.debug("state.db has rolled back by itself, as it does on a full disk", nothingLeft);
    }
  }

  /** Writes what is queued and ends the thread; later writes are refused. */
  void close() throws InterruptedException {
    closed = true;
    queue.put(end);
    thread.join();
  }
}
