package org.cistern.tier.memory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.RemovalCause;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.cistern.rule.Key;
import org.jspecify.annotations.Nullable;

/** Slots in Caffeine, which takes one bound only: weight. */
final class TinyLfuMap implements EntryMap {

  /** Caffeine's weights are ints: beyond this they are counted in larger units. */
  private static final long LARGEST_IN_BYTES = 1L << 30;

  /**
   * What is dead when it comes stays for a moment: a look-up in a slower tier that began before may
   * bring back what it has replaced. Those take two seconds at most.
   */
  private static final Duration DEAD_STAY = Duration.ofSeconds(5);

  private final Cache<Key, Slot> slots;

  TinyLfuMap(long maxWeight, InstantSource clock, Departures departures) {
    int unit = unit(maxWeight);
    // Maintenance runs on the thread that caused it, in short pieces and behind a try-lock: a
    // second thread would cost a switch for every few writes, and see them late.
    this.slots =
        Caffeine.newBuilder()
            .executor(Runnable::run)
            .maximumWeight(maxWeight >> unit)
            .<Key, Slot>weigher((key, slot) -> units(slot.weight(), unit))
            .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
            .expireAfter(Expiry.<Key, Slot>writing((key, slot) -> stay(slot, clock.instant())))
            .evictionListener(
                (key, slot, cause) -> {
                  if (key != null && slot != null) {
                    departures.left(key, slot, cause == RemovalCause.SIZE);
                  }
                })
            .build();
  }

  @Override
  public @Nullable Slot get(Key key) {
    return slots.getIfPresent(key);
  }

  @Override
  public void update(Key key, UnaryOperator<@Nullable Slot> change) {
    slots.asMap().compute(key, (same, slot) -> change.apply(slot));
  }

  @Override
  public Iterable<Key> keys() {
    return slots.asMap().keySet();
  }

  @Override
  public void each(BiConsumer<Key, Slot> then) {
    slots.asMap().forEach(then);
  }

  @Override
  public void hottest(int limit, BiConsumer<Key, Slot> then) {
    slots.policy().eviction().ifPresent(order -> order.hottest(limit).forEach(then));
  }

  private static Duration stay(Slot slot, Instant now) {
    return now.isBefore(slot.stays()) ? Duration.between(now, slot.stays()) : DEAD_STAY;
  }

  private static int unit(long maxWeight) {
    int unit = 0;
    while (maxWeight >> unit > LARGEST_IN_BYTES) {
      unit++;
    }
    return unit;
  }

  private static int units(long weight, int unit) {
    return (int) Math.min(Integer.MAX_VALUE, (weight + (1L << unit) - 1) >> unit);
  }
}
