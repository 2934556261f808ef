package org.cistern.rule.match;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The question whether one pattern speaks of every path that another one speaks of. Both automata
 * are walked at once: a place in the narrow pattern beside the set of places that the wide one may
 * be in after the same characters. Where the narrow one can end and the wide one cannot, a path is
 * found that is not covered.
 */
final class PatternCover {

  private static final int MOST_PAIRS = 20_000;

  private final PatternTokens wideRest;
  private final PatternTokens narrowRest;
  private final char[] alphabet;
  private final Set<Pair> seen = new HashSet<>();
  private final Deque<Pair> open = new ArrayDeque<>();

  private record Pair(int narrow, long wide) {}

  /** Both have a wildcard; the narrow one begins and ends with the fixed ends of the wide one. */
  PatternCover(PathPattern wide, PathPattern narrow) {
    this.wideRest = wide.middle();
    this.narrowRest = rest(wide, narrow);
    this.alphabet = alphabet();
  }

  boolean holds() {
    if (!add(0, wideRest.reach(0))) {
      return false;
    }
    while (!open.isEmpty()) {
      if (seen.size() > MOST_PAIRS || !follow(open.remove())) {
        return false;
      }
    }
    return true;
  }

  /** The narrow pattern without the fixed ends of the wide one, which it shares. */
  private static PatternTokens rest(PathPattern wide, PathPattern narrow) {
    PatternTokens all = PatternTokens.of(narrow.text());
    return all.slice(wide.prefix().length(), all.count() - wide.suffix().length());
  }

  /** All characters that either pattern names, a slash, and NUL, which none has, for all others. */
  private char[] alphabet() {
    StringBuilder named = new StringBuilder("/\0");
    IntStream.concat(wideRest.literals(), narrowRest.literals())
        .distinct()
        .forEach(c -> named.append((char) c));
    return named.toString().toCharArray();
  }

  private boolean follow(Pair pair) {
    for (char c : alphabet) {
      int to = narrowRest.move(pair.narrow(), c);
      if (to >= 0 && !add(to, wideRest.step(pair.wide(), c))) {
        return false;
      }
    }
    return true;
  }

  /** Adds a pair with all that is reached from it without reading; false where it is a proof. */
  private boolean add(int from, long set) {
    for (int state = from; state >= 0; state = narrowRest.skip(state)) {
      if (set == 0 || (state == narrowRest.count() && !wideRest.accepts(set))) {
        return false;
      }
      Pair pair = new Pair(state, set);
      if (seen.add(pair)) {
        open.add(pair);
      }
    }
    return true;
  }
}
