package org.cistern.purge;

import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The barriers of one target: the newest hard one and the newest soft one. They are kept apart, for
 * a newer soft purge must not lift an older hard one.
 */
record Folded(@Nullable Barrier hard, @Nullable Barrier soft) {

  static final Folded EMPTY = new Folded(null, null);

  static Folded of(Barrier barrier) {
    return EMPTY.with(barrier);
  }

  Folded with(Barrier barrier) {
    return barrier.purge().hard()
        ? new Folded(hard == null ? barrier : Barrier.newer(hard, barrier), soft)
        : new Folded(hard, soft == null ? barrier : Barrier.newer(soft, barrier));
  }

  /** Returns what the barriers newer than a number say. */
  Coverage since(long number) {
    if (hard != null && hard.number() > number) {
      return Coverage.HARD;
    }
    return soft != null && soft.number() > number ? Coverage.SOFT : Coverage.NONE;
  }

  /** Returns what is left, itself or less, or null where nothing is; those taken are passed on. */
  @SuppressWarnings("ReferenceEquality") // left alone means the very same barrier
  @Nullable Folded without(Predicate<Barrier> gone, Consumer<Barrier> taken) {
    Barrier hardLeft = left(hard, gone, taken);
    Barrier softLeft = left(soft, gone, taken);
    if (hardLeft == null && softLeft == null) {
      return null;
    }
    return hardLeft == hard && softLeft == soft ? this : new Folded(hardLeft, softLeft);
  }

  private static @Nullable Barrier left(
      @Nullable Barrier barrier, Predicate<Barrier> gone, Consumer<Barrier> taken) {
    if (barrier == null || !gone.test(barrier)) {
      return barrier;
    }
    taken.accept(barrier);
    return null;
  }

  void each(Consumer<Barrier> action) {
    if (hard != null) {
      action.accept(hard);
    }
    if (soft != null) {
      action.accept(soft);
    }
  }
}
