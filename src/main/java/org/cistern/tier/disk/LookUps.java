package org.cistern.tier.disk;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.cistern.tier.Found;

/**
 * The look-ups under way: whatever becomes of one, its callback runs once. A disk that hangs costs
 * each a budget, counted in ticks; and nothing once all readers hang.
 */
final class LookUps {

  /** Two seconds, at four ticks a second. */
  private static final int BUDGET = 8;

  private final ThreadPoolExecutor readers;
  private final Set<LookUp> running = ConcurrentHashMap.newKeySet();
  private final AtomicInteger stuck = new AtomicInteger();
  private volatile int ticks;

  LookUps(ThreadPoolExecutor readers) {
    this.readers = readers;
  }

  void run(Supplier<Found> work, Consumer<Found> then) {
    LookUp lookUp = new LookUp(work, then, ticks);
    if (stuck.get() >= readers.getMaximumPoolSize()) {
      lookUp.give(State.WAITING, Found.miss(Found.Miss.TIMEOUT));
      return;
    }
    try {
      readers.execute(lookUp);
    } catch (RejectedExecutionException e) {
      lookUp.give(
          State.WAITING, Found.miss(readers.isShutdown() ? Found.Miss.DOWN : Found.Miss.BUSY));
    }
  }

  /** Ends what has taken too long; to be called a few times a second, by one thread. */
  @SuppressWarnings("NonAtomicVolatileUpdate")
  void tick() {
    ticks++;
    readers.getQueue().forEach(task -> ((LookUp) task).checkTime());
    running.forEach(LookUp::checkTime);
  }

  void close() {
    readers.shutdown();
  }

  private enum State {
    WAITING,
    RUNNING,
    /** The callback has run, the work has not. */
    STUCK,
    OVER
  }

  private final class LookUp implements Runnable {

    private final Supplier<Found> work;
    private final Consumer<Found> then;
    private final int began;
    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);

    private LookUp(Supplier<Found> work, Consumer<Found> then, int began) {
      this.work = work;
      this.then = then;
      this.began = began;
    }

    @Override
    public void run() {
      if (!state.compareAndSet(State.WAITING, State.RUNNING)) {
        return;
      }
      running.add(this);
      Found found = found();
      running.remove(this);
      if (!give(State.RUNNING, found)) {
        stuck.decrementAndGet();
      }
    }

    private Found found() {
      try {
        return work.get();
      } catch (RuntimeException | Error failure) {
        // A heap too full for this body, for one: the origin may be streamed all the same.
        return Found.miss(Found.Miss.DOWN);
      }
    }

    private void checkTime() {
      if (ticks - began < BUDGET) {
        return;
      }
      Found late = Found.miss(Found.Miss.TIMEOUT);
      if (!give(State.WAITING, late) && state.compareAndSet(State.RUNNING, State.STUCK)) {
        stuck.incrementAndGet();
        then.accept(late);
      }
    }

    private boolean give(State from, Found found) {
      boolean mine = state.compareAndSet(from, State.OVER);
      if (mine) {
        then.accept(found);
      }
      return mine;
    }
  }
}
