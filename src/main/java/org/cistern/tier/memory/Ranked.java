package org.cistern.tier.memory;

import java.util.Comparator;
import org.cistern.rule.Key;

/** A slot and its place in the order of a {@link RankedMap}, whose lock guards all but reading. */
final class Ranked implements Comparable<Ranked> {

  private static final Comparator<Ranked> ORDER =
      Comparator.<Ranked>comparingLong(one -> one.rank).thenComparingLong(one -> one.lastUse);

  final Key key;
  volatile Slot slot;
  private long uses;
  private long rank;
  private long lastUse;

  Ranked(Key key, Slot slot) {
    this.key = key;
    this.slot = slot;
  }

  /** Ranks it anew; it must not be in an order meanwhile. */
  Ranked used(Ranking ranking, long tick) {
    uses++;
    rank = ranking.rank(slot, uses);
    lastUse = tick;
    return this;
  }

  @Override
  public int compareTo(Ranked other) {
    return ORDER.compare(this, other);
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
