package org.cistern.tier.memory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.cistern.answer.Answer;
import org.cistern.answer.Asking;
import org.cistern.answer.Variants;
import org.cistern.http.Fields;
import org.jspecify.annotations.Nullable;

/** The variants kept under one key, newest first. Immutable but for what the variants carry. */
final class Slot {

  private final Kept[] variants;
  private final long floor;
  private final long bytes;
  private final long weight;
  private final Instant until;
  private final Instant stays;

  /**
   * @param variants at least one
   * @param floor the least that a variant weighs
   */
  Slot(List<Kept> variants, long floor) {
    this.variants = variants.toArray(new Kept[0]);
    this.floor = floor;
    long sum = 0;
    long weighed = 0;
    Instant latest = Instant.MIN;
    Instant last = Instant.MIN;
    for (Kept kept : variants) {
      long own = kept.weight();
      sum += own;
      weighed += Math.max(own, floor);
      latest = kept.until().isAfter(latest) ? kept.until() : latest;
      last = kept.stays().isAfter(last) ? kept.stays() : last;
    }
    this.bytes = sum;
    this.weight = weighed;
    this.until = latest;
    this.stays = last;
  }

  /** Returns the newest variant for this request, dead or alive, or null. */
  @Nullable Kept select(Fields request) {
    for (Kept kept : variants) {
      if (Variants.matches(kept.answer(), request)) {
        return kept;
      }
    }
    return null;
  }

  /**
   * Returns the variants with one more, without those that it replaces or that are over. What says
   * that one is gone takes the place of none that is there: there may be as many of these beside.
   */
  Slot with(Kept added, int maxVariants, Instant now) {
    List<Kept> next = new ArrayList<>(variants.length + 1);
    next.add(added);
    int gone = added.answer().isDead() ? 1 : 0;
    int there = 1 - gone;
    for (Kept kept : variants) {
      boolean over = !now.isBefore(kept.stays()) || isReplaced(kept, added.answer());
      if (!over && (kept.answer().isDead() ? gone++ : there++) < maxVariants) {
        next.add(kept);
      }
    }
    return new Slot(next, floor);
  }

  /** Tells whether what would make way for this one is as new as it. */
  boolean hasAsNew(Kept added) {
    for (Kept kept : variants) {
      if (isReplaced(kept, added.answer()) && isAsNew(kept.answer(), added.answer())) {
        return true;
      }
    }
    return false;
  }

  /**
   * Tells whether what would make way for this one was asked for later, and did not just expire.
   */
  boolean hasLater(Answer added, Instant now) {
    Asking asked = Asking.of(added);
    for (Kept kept : variants) {
      Answer there = kept.answer();
      boolean counts = kept.isAliveAt(now) || there.isDead();
      boolean later = Asking.of(there).isLaterThan(asked, now.toEpochMilli());
      if (counts && later && isReplaced(kept, added)) {
        return true;
      }
    }
    return false;
  }

  /** Returns the variants that the test does not accept, itself where that is all, or null. */
  @Nullable Slot without(Predicate<Answer> gone) {
    List<Kept> staying = new ArrayList<>(variants.length);
    for (Kept kept : variants) {
      if (!gone.test(kept.answer())) {
        staying.add(kept);
      }
    }
    if (staying.size() == variants.length) {
      return this;
    }
    return staying.isEmpty() ? null : new Slot(staying, floor);
  }

  /** Returns the same variants, weighed again. */
  Slot reweighed() {
    return new Slot(List.of(variants), floor);
  }

  boolean holds(Kept kept) {
    for (Kept one : variants) {
      if (one == kept) {
        return true;
      }
    }
    return false;
  }

  List<Kept> variants() {
    return List.of(variants);
  }

  int size() {
    return variants.length;
  }

  /** Returns what the variants take. */
  long bytes() {
    return bytes;
  }

  /** Returns what the variants count for, each at least the floor. */
  long weight() {
    return weight;
  }

  /** Returns when the last of the variants dies. */
  Instant until() {
    return until;
  }

  /** Returns when the last of the variants is of no use any more, not even by being dead. */
  Instant stays() {
    return stays;
  }

  /** Returns the rule that stored the newest variant, which answers for the weight of all. */
  String rule() {
    return variants[0].answer().rule();
  }

  private static boolean isAsNew(Answer there, Answer added) {
    return !there.responseTime().isBefore(added.responseTime());
  }

  private static boolean isReplaced(Kept old, Answer added) {
    return Variants.id(old.answer()).equals(Variants.id(added))
        || Variants.matches(old.answer(), added.varied());
  }
}
