package org.cistern.camel;

import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

/**
 * What is to be closed, the latest first: each whatever became of those before it, and each once.
 */
final class Closings {

  private final Deque<Runnable> all = new ConcurrentLinkedDeque<>();

  /** Notes one more. */
  void add(Runnable close) {
    all.push(close);
  }

  /** Closes them; what failed first is thrown in the end. A second call waits for the first. */
  synchronized void close() {
    Throwable failure = null;
    for (Runnable next = all.poll(); next != null; next = all.poll()) {
      failure = failed(next, failure);
    }
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure instanceof RuntimeException exception) {
      throw exception;
    }
  }

  /** Closes them after a failure, which what fails as well must not hide. */
  void closeAfter(Throwable failure) {
    try {
      close();
    } catch (RuntimeException | Error further) {
      failure.addSuppressed(further);
    }
  }

  private static @Nullable Throwable failed(Runnable close, @Nullable Throwable before) {
    try {
      close.run();
      return before;
    } catch (RuntimeException | Error e) {
      if (before == null) {
        return e;
      }
      before.addSuppressed(e);
      return before;
    }
  }
}
