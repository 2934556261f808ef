package org.cistern.camel.keep;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;
import org.cistern.answer.Answer;
import org.cistern.answer.Variants;
import org.cistern.rule.Key;
import org.jspecify.annotations.Nullable;

/** Which answers only memory has; as many of a key as memory keeps of it. Safe for threads. */
final class DirtyMarks {

  private static final Comparator<Dirty> OLDEST_FIRST =
      Comparator.comparing(dirty -> dirty.answer().responseTime());

  private final ConcurrentMap<Key, List<Dirty>> byKey = new ConcurrentHashMap<>();

  /** Adds one in the place of the same variant, unless that was asked for later. */
  void add(Dirty added) {
    byKey.compute(added.key(), (key, there) -> with(there, added));
  }

  private static List<Dirty> with(@Nullable List<Dirty> there, Dirty added) {
    if (there != null && there.stream().anyMatch(added::isOvertakenBy)) {
      return there;
    }
    List<Dirty> next = new ArrayList<>(there == null ? List.of() : there);
    next.removeIf(added::isSameVariant);
    next.add(added);
    int surplus = next.size() - Math.max(1, added.maxVariants());
    return List.copyOf(next.subList(Math.max(0, surplus), next.size()));
  }

  /** Tells whether one is there still. */
  boolean has(Dirty one) {
    return byKey.getOrDefault(one.key(), List.of()).contains(one);
  }

  /** Removes one, not what took its place; tells whether it was there. */
  boolean remove(Dirty gone) {
    return take(gone.key(), gone.answer()) != null;
  }

  /** Removes and returns the one of this very answer, or null. */
  @SuppressWarnings("ReferenceEquality") // an equal answer that came later is another mark
  @Nullable Dirty take(Key key, Answer answer) {
    List<Dirty> taken = new ArrayList<>(1);
    byKey.computeIfPresent(
        key,
        (same, there) -> {
          List<Dirty> left = new ArrayList<>(there);
          left.removeIf(one -> one.answer() == answer && taken.add(one));
          return left.isEmpty() ? null : List.copyOf(left);
        });
    return taken.isEmpty() ? null : taken.get(0);
  }

  /** Removes what is noted of the same variant. */
  void forget(Key key, Answer answer) {
    String variant = Variants.id(answer);
    byKey.computeIfPresent(
        key,
        (same, there) -> {
          List<Dirty> left = new ArrayList<>(there);
          left.removeIf(one -> Variants.id(one.answer()).equals(variant));
          return left.isEmpty() ? null : List.copyOf(left);
        });
  }

  /** Returns those of a key; what the origin said first comes first. */
  List<Dirty> of(Key key) {
    return byKey.getOrDefault(key, List.of()).stream().sorted(OLDEST_FIRST).toList();
  }

  /** Returns those that the test accepts; of a key, what the origin said first comes first. */
  List<Dirty> all(Predicate<Dirty> wanted) {
    List<Dirty> all = new ArrayList<>();
    byKey.values().forEach(there -> there.stream().filter(wanted).forEach(all::add));
    all.sort(OLDEST_FIRST);
    return all;
  }

  int size() {
    return byKey.values().stream().mapToInt(List::size).sum();
  }
}
