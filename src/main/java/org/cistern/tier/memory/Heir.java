package org.cistern.tier.memory;

import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import org.cistern.answer.Answer;
import org.cistern.rule.Key;

/** Who gets what leaves memory for want of room, and on which thread. */
record Heir(Executor executor, BiConsumer<Key, Answer> then) {

  void take(Key key, Slot slot) {
    executor.execute(() -> slot.variants().forEach(kept -> then.accept(key, kept.answer())));
  }
}
