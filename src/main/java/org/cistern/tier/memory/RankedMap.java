package org.cistern.tier.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.cistern.rule.Key;
import org.jspecify.annotations.Nullable;

/**
 * Slots in an order of their own: the lowest rank goes first, the newcomer never makes room for
 * itself. Reading takes no lock: uses are noted aside, and counted by whoever changes the order
 * next, or once there are many and nobody is at it.
 */
final class RankedMap implements EntryMap {

  private final long maxWeight;
  private final Ranking ranking;
  private final Departures departures;
  private final ConcurrentHashMap<Key, Ranked> all = new ConcurrentHashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  // Guarded by the lock, as the rank of each member is.
  private final TreeSet<Ranked> order = new TreeSet<>();
  private final Uses uses = new Uses();
  private long weight;
  private long tick;

  RankedMap(long maxWeight, Ranking ranking, Departures departures) {
    this.maxWeight = maxWeight;
    this.ranking = ranking;
    this.departures = departures;
  }

  @Override
  public @Nullable Slot get(Key key) {
    Ranked found = all.get(key);
    if (found == null) {
      return null;
    }
    if (uses.note(found) && lock.tryLock()) {
      try {
        countUses();
      } finally {
        lock.unlock();
      }
    }
    return found.slot;
  }

  @Override
  public void update(Key key, UnaryOperator<@Nullable Slot> change) {
    lock.lock();
    try {
      countUses();
      Ranked old = all.get(key);
      Slot next = change.apply(old == null ? null : old.slot);
      if (next == null) {
        forget(old);
      } else {
        put(key, old, next);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Iterable<Key> keys() {
    return all.keySet();
  }

  @Override
  public void each(BiConsumer<Key, Slot> then) {
    all.forEach((key, one) -> then.accept(key, one.slot));
  }

  @Override
  public void hottest(int limit, BiConsumer<Key, Slot> then) {
    List<Ranked> hottest;
    lock.lock();
    try {
      countUses();
      hottest = new ArrayList<>(order.descendingSet());
    } finally {
      lock.unlock();
    }
    hottest.stream().limit(limit).forEach(one -> then.accept(one.key, one.slot));
  }

  private void countUses() {
    uses.drain(this::used);
  }

  /** Whoever is not in the order has left meanwhile. */
  private void used(Ranked found) {
    if (order.remove(found)) {
      order.add(found.used(ranking, ++tick));
    }
  }

  private void put(Key key, @Nullable Ranked old, Slot next) {
    Ranked entry = old == null ? new Ranked(key, next) : old;
    if (old != null) {
      order.remove(old);
      weight -= old.slot.weight();
    }
    entry.slot = next;
    weight += next.weight();
    all.put(key, entry);
    makeRoom();
    order.add(entry.used(ranking, ++tick));
    if (weight > maxWeight) {
      evict(entry);
    }
  }

  private void makeRoom() {
    while (weight > maxWeight && !order.isEmpty()) {
      evict(order.first());
    }
  }

  private void evict(Ranked entry) {
    forget(entry);
    departures.left(entry.key, entry.slot, true);
  }

  private void forget(@Nullable Ranked entry) {
    if (entry != null && order.remove(entry)) {
      all.remove(entry.key);
      weight -= entry.slot.weight();
    }
  }
}
