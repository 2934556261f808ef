package org.cistern.state;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code state.db}: the small SQLite file of what must outlive a restart and is not an answer. Each
 * commit is synced to the disk. Every table has one class of its own, which asks through {@link
 * #read} and changes through {@link #write}, and a script under {@code state/} that makes it.
 */
public final class StateDb implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StateDb.class);

  private final Connection writing;
  private final Connection reading;
  private final StateWriter writer;
  private final AtomicBoolean closing = new AtomicBoolean();
  private final ReentrantLock oneReader = new ReentrantLock();

  private StateDb(Connection writing, Connection reading) {
    this.writing = writing;
    this.reading = reading;
    this.writer = new StateWriter(writing);
  }

  /**
   * Opens the file in a folder, making both where they are not there; blocks. A damaged file is set
   * aside and replaced, with a line in the log.
   *
   * @throws StateFailure where a newer Cistern has written it ({@code NEWER_VERSION}: do not
   *     start), or where it cannot be used (anything else: go on without, as with the disk tier
   *     off)
   */
  public static StateDb open(Path folder) {
    return open(folder, Schema.current());
  }

  static StateDb open(Path folder, Schema schema) {
    StateFile file = new StateFile(folder, schema);
    Connection writing = file.writer();
    try {
      return new StateDb(writing, file.reader());
    } catch (StateFailure failure) {
      StateFile.closeQuietly(writing);
      throw failure;
    }
  }

  /**
   * Queues a change, which shares a transaction with what else is queued.
   *
   * @return completed with what the work returned once it is on the disk, or exceptionally with
   *     {@link StateFailure}; on the writing thread, so a callback must not take long
   */
  public <T> CompletionStage<T> write(Work<T> work) {
    return writer.write(work);
  }

  /**
   * Asks; blocks, so never on an event loop.
   *
   * @throws StateFailure where the database fails
   */
  public <T> T read(Work<T> work) {
    oneReader.lock();
    try {
      return work.on(reading);
    } catch (SQLException failure) {
      throw StateFailure.of(failure);
    } finally {
      oneReader.unlock();
    }
  }

  /** Writes what is queued and closes the file; a second call does nothing. Never throws. */
  @Override
  public void close() {
    if (closing.getAndSet(true)) {
      return;
    }
    try {
      writer.close();
      reading.close();
      writing.close();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    } catch (SQLException failure) {
      LOG.warn("state.db was not closed cleanly; the next start repairs it", failure);
    }
  }
}
