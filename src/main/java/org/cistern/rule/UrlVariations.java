package org.cistern.rule;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.cistern.http.uri.Target;
import org.cistern.http.uri.UrlVariation;
import org.jspecify.annotations.Nullable;

/**
 * What each path's answers have last said of its queries: what a request's key is made with before
 * any answer is found. Bounded, for paths are invented by clients; what was not asked for lately
 * goes first. To forget one costs a miss and nothing else.
 *
 * <p>Two generations: what is read from the old one moves into the young one, and when that is full
 * it takes the old one's place. So reading takes no lock but for the first time in a generation.
 */
final class UrlVariations {

  /** What a generation may weigh, in bytes, roughly. */
  private static final int MOST = 4 << 20;

  private static final int OVERHEAD = 400;

  private volatile boolean empty = true;
  private volatile Map<Target, UrlVariation> young = new ConcurrentHashMap<>();
  private volatile Map<Target, UrlVariation> old = Map.of();
  private int weight;

  /** Tells whether no answer has said anything yet. */
  boolean isEmpty() {
    return empty;
  }

  /** Returns what was said last of a path, given as a target without a query, or null. */
  @Nullable UrlVariation of(Target path) {
    UrlVariation found = young.get(path);
    if (found != null) {
      return found;
    }
    UrlVariation before = old.get(path);
    if (before != null) {
      keep(path, before, false);
    }
    return before;
  }

  /** Notes what an answer says. */
  void learn(Target path, UrlVariation said) {
    if (!said.equals(young.get(path))) {
      keep(path, said, true);
    }
  }

  private synchronized void keep(Target path, UrlVariation said, boolean newer) {
    UrlVariation there = young.get(path);
    if (there == null) {
      makeRoom(weightOf(path, said));
    }
    if (there == null || newer) {
      young.put(path, said);
      empty = false;
    }
  }

  private void makeRoom(int added) {
    if (weight + added > MOST) {
      old = young;
      young = new ConcurrentHashMap<>();
      weight = 0;
    }
    weight += added;
  }

  private static int weightOf(Target path, UrlVariation said) {
    return OVERHEAD + path.path().length() + path.host().length() + 4 * said.text().length();
  }

  /** Returns of how many paths something is known. */
  int size() {
    return young.size() + old.size();
  }
}
