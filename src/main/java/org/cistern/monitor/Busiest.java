package org.cistern.monitor;

import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The rules that have series of their own: the busiest of late. What was counted before a review
 * weighs half as much after it, and a rule gives its place up only to one that is twice as busy, so
 * that two of a kind do not take turns.
 */
final class Busiest {

  private final int places;
  private final Map<String, Double> scores = new HashMap<>();
  private final Set<String> chosen = new HashSet<>();

  Busiest(int places) {
    this.places = places;
  }

  /**
   * Chooses anew.
   *
   * @param recent what each rule has counted since the last review
   */
  Set<String> review(Map<String, Long> recent) {
    recent.forEach(
        (rule, count) -> scores.merge(rule, (double) count, (old, now) -> old / 2 + now));
    waiting().limit(places - chosen.size()).toList().forEach(chosen::add);
    while (exchanged()) {}
    return Collections.unmodifiableSet(chosen);
  }

  private Stream<String> waiting() {
    return scores.keySet().stream()
        .filter(rule -> !chosen.contains(rule))
        .sorted(Comparator.comparingDouble(this::score).reversed().thenComparing(rule -> rule));
  }

  private boolean exchanged() {
    String best = waiting().findFirst().orElse(null);
    String least = chosen.stream().min(Comparator.comparingDouble(this::score)).orElse(null);
    if (best == null || least == null || score(best) <= 2 * score(least)) {
      return false;
    }
    chosen.remove(least);
    return chosen.add(best);
  }

  private double score(String rule) {
    return Objects.requireNonNull(scores.get(rule));
  }
}
