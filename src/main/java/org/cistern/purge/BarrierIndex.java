package org.cistern.purge;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;
import org.cistern.freshness.Tags;
import org.cistern.http.uri.Target;
import org.cistern.purge.Purge.Scope;
import org.jspecify.annotations.Nullable;

/** The barriers in force, found by what they speak of. Reads take no lock. */
final class BarrierIndex {

  private static final Scope EVERYTHING = new Scope.Everything();

  private final ConcurrentMap<Scope, Folded> exact = new ConcurrentHashMap<>();

  /** Those of URIs once more, by their path: an answer may be kept for several queries of it. */
  private final ConcurrentMap<Target, Folded> paths = new ConcurrentHashMap<>();

  private final ConcurrentMap<Scope.Pattern, PatternBarriers> patterns = new ConcurrentHashMap<>();
  private volatile long newestPattern;

  /** Adds a barrier; patterns by one thread at a time. */
  void add(Barrier barrier) {
    if (barrier.purge().scope() instanceof Scope.Pattern pattern) {
      patterns.compute(pattern, (key, old) -> PatternBarriers.with(old, pattern, barrier));
      newestPattern = Math.max(newestPattern, barrier.number());
    } else {
      fold(exact, barrier.purge().scope(), barrier);
    }
    if (barrier.purge().scope() instanceof Scope.Uri uri) {
      fold(paths, uri.target().withoutQuery(), barrier);
    }
  }

  private static <K> void fold(ConcurrentMap<K, Folded> into, K key, Barrier barrier) {
    into.merge(key, Folded.of(barrier), (old, added) -> old.with(barrier));
  }

  /** Returns what the barriers newer than a number say of an answer. */
  Coverage covers(
      Target target, Set<String> tags, String rule, @Nullable String owner, long since) {
    Coverage coverage = exactly(new Scope.Uri(target), since);
    for (String tag : tags) {
      coverage = coverage.and(exactly(new Scope.Tag(tag), since));
    }
    coverage = coverage.and(exactly(new Scope.ByRule(rule), since));
    coverage = coverage.and(byPath(target, tags, since));
    if (owner != null) {
      coverage = coverage.and(exactly(new Scope.User(owner), since));
    }
    coverage = coverage.and(byPattern(target, since));
    // Last: what is merged into a purge of everything is in there before it leaves its own place.
    return coverage.and(exactly(EVERYTHING, since));
  }

  /** Returns what those say that speak of URIs and paths. */
  Coverage coversTarget(Target target, long since) {
    return exactly(new Scope.Uri(target), since)
        .and(byPattern(target, since))
        .and(exactly(EVERYTHING, since));
  }

  private Coverage exactly(Scope scope, long since) {
    Folded barriers = exact.get(scope);
    return barriers == null ? Coverage.NONE : barriers.since(since);
  }

  /** A purge of one URI covers what is kept for several queries of its path. */
  private Coverage byPath(Target target, Set<String> tags, long since) {
    Folded barriers = tags.isEmpty() ? null : paths.get(target.withoutQuery());
    Coverage coverage = barriers == null ? Coverage.NONE : barriers.since(since);
    return coverage == Coverage.NONE || tags.contains(Tags.ofPath(target))
        ? coverage
        : Coverage.NONE;
  }

  private Coverage byPattern(Target target, long since) {
    Coverage coverage = Coverage.NONE;
    if (newestPattern <= since) {
      return coverage;
    }
    for (PatternBarriers barriers : patterns.values()) {
      coverage = coverage.and(barriers.covers(target, since));
    }
    return coverage;
  }

  /** Takes off the barriers that the test accepts, and returns them. */
  List<Barrier> remove(Predicate<Barrier> gone) {
    List<Barrier> taken = new ArrayList<>();
    for (Scope scope : exact.keySet()) {
      exact.computeIfPresent(scope, (key, barriers) -> barriers.without(gone, taken::add));
    }
    for (Target path : paths.keySet()) {
      paths.computeIfPresent(path, (key, barriers) -> barriers.without(gone, again -> {}));
    }
    for (Scope.Pattern pattern : patterns.keySet()) {
      patterns.computeIfPresent(pattern, (key, barriers) -> barriers.without(gone, taken));
    }
    return taken;
  }

  /** Returns all barriers, in no order. */
  List<Barrier> all() {
    List<Barrier> all = new ArrayList<>();
    exact.values().forEach(barriers -> barriers.each(all::add));
    patterns.values().forEach(barriers -> barriers.folded().each(all::add));
    return all;
  }

  /** Returns the hard barriers that the test accepts, in no order. */
  List<Barrier> hard(Predicate<Barrier> wanted) {
    return all().stream().filter(one -> one.purge().hard() && wanted.test(one)).toList();
  }

  /** Returns the number of targets that have barriers. */
  int targets() {
    return exact.size() + patterns.size();
  }

  private record PatternBarriers(String host, PathGlob glob, Folded folded) {

    static PatternBarriers with(
        @Nullable PatternBarriers old, Scope.Pattern pattern, Barrier barrier) {
      return old == null
          ? new PatternBarriers(pattern.host(), new PathGlob(pattern.pattern()), Folded.of(barrier))
          : new PatternBarriers(old.host, old.glob, old.folded.with(barrier));
    }

    Coverage covers(Target target, long since) {
      Coverage coverage = folded.since(since);
      return coverage == Coverage.NONE || !matches(target) ? Coverage.NONE : coverage;
    }

    private boolean matches(Target target) {
      return (host.equals("*") || host.equals(target.host())) && glob.matches(target.path());
    }

    @Nullable PatternBarriers without(Predicate<Barrier> gone, List<Barrier> taken) {
      Folded left = folded.without(gone, taken::add);
      return left == null ? null : new PatternBarriers(host, glob, left);
    }
  }
}
