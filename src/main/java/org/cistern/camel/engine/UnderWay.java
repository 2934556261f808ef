package org.cistern.camel.engine;

import io.netty.util.concurrent.FastThreadLocal;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.cistern.camel.call.Enrolled;
import org.jspecify.annotations.Nullable;

/**
 * The requests under way: counted, and each on the roll of its event loop. One roll for all would
 * cost each request a lock.
 */
final class UnderWay {

  private final LongAdder count = new LongAdder();
  private final List<Roll> rolls = new CopyOnWriteArrayList<>();
  private final FastThreadLocal<@Nullable Roll> own = new FastThreadLocal<>();

  /** Returns how many there are. */
  long count() {
    return count.sum();
  }

  /** One begins; on its event loop. */
  void begun(Enrolled request) {
    count.increment();
    Roll roll = own.get();
    if (roll == null) {
      roll = new Roll(request.loop());
      own.set(roll);
      rolls.add(roll);
    }
    roll.add(request);
  }

  /** One is over; on any thread. */
  void over(Enrolled request) {
    count.decrement();
    if (request.loop().inEventLoop()) {
      strike(request);
    } else {
      request.loop().execute(() -> strike(request));
    }
  }

  private void strike(Enrolled request) {
    Roll roll = own.get();
    if (roll != null) {
      roll.strike(request);
    }
  }

  /** Has something done with each of them, on its event loop, soon. */
  void each(Consumer<Enrolled> work) {
    rolls.forEach(roll -> roll.each(work));
  }
}
