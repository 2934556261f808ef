package org.cistern.tier.disk;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * What lets readers to the file, and shuts them out while it is exchanged: SQLite finds its log by
 * name, so no connection to the old file may be left when a new one takes the name.
 */
final class Gate {

  private static final long OPENING_SECONDS = 10;

  private final Path file;
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private final ConcurrentLinkedQueue<Sql> idle = new ConcurrentLinkedQueue<>();
  private final CountDownLatch firstOpened = new CountDownLatch(1);
  private volatile boolean open;
  private final AtomicInteger generation = new AtomicInteger();

  Gate(Path file) {
    this.file = file;
  }

  /** Returns a number that changes whenever another file takes the place of this one. */
  int generation() {
    return generation.get();
  }

  /** Shuts readers out, waits for those inside, and closes their connections. */
  void shut() {
    lock.writeLock().lock();
    try {
      open = false;
      generation.incrementAndGet();
      for (Sql sql = idle.poll(); sql != null; sql = idle.poll()) {
        sql.abandon();
      }
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** Tells whether readers are let in. */
  boolean isOpen() {
    return open;
  }

  /** Tells whether the first opening has yet to end, well or not. */
  boolean isOpening() {
    return firstOpened.getCount() > 0;
  }

  /** Lets readers in. */
  void open() {
    open = true;
  }

  /** Lets whoever waits for the first opening go on, whether it went well or not. */
  void openingTried() {
    firstOpened.countDown();
  }

  /**
   * Runs a reading on a connection of its own; waits for the first opening.
   *
   * @return what the reading returns, or the other value where the file is not open
   */
  <T> T read(Reading<T> reading, T shut) throws SQLException {
    if (!isOpened()) {
      return shut;
    }
    lock.readLock().lock();
    try {
      return open ? onConnection(reading) : shut;
    } finally {
      lock.readLock().unlock();
    }
  }

  private <T> T onConnection(Reading<T> reading) throws SQLException {
    Sql sql = idle.poll();
    if (sql == null) {
      sql = Sql.reading(file);
    }
    boolean sound = false;
    try {
      T result = reading.on(sql);
      sound = true;
      return result;
    } finally {
      if (sound) {
        idle.add(sql);
      } else {
        sql.abandon();
      }
    }
  }

  private boolean isOpened() {
    try {
      return open || firstOpened.await(OPENING_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Something that is read. */
  @FunctionalInterface
  interface Reading<T> {
    T on(Sql sql) throws SQLException;
  }
}
