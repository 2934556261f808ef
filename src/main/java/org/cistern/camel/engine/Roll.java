package org.cistern.camel.engine;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.cistern.camel.call.Enrolled;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The requests under way of one event loop; for its thread alone, but for {@link #each}. */
final class Roll {

  private static final Logger LOG = LoggerFactory.getLogger(Roll.class);

  private final EventLoop loop;
  private final List<Enrolled> all = new ArrayList<>();

  Roll(EventLoop loop) {
    this.loop = loop;
  }

  void add(Enrolled request) {
    request.place(all.size());
    all.add(request);
  }

  /** Takes one off; the last one moves to its place. */
  void strike(Enrolled request) {
    Enrolled last = all.remove(all.size() - 1);
    if (last != request) {
      all.set(request.place(), last);
      last.place(request.place());
    }
  }

  /** Has something done with each of them, on their thread; where that fails the others go on. */
  void each(Consumer<Enrolled> work) {
    loop.execute(() -> List.copyOf(all).forEach(one -> guarded(work, one)));
  }

  private static void guarded(Consumer<Enrolled> work, Enrolled one) {
    try {
      work.accept(one);
    } catch (RuntimeException e) {
      LOG.warn("a request under way cannot be cut off", e);
    }
  }
}
