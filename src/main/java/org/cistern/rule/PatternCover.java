package org.cistern.rule;

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

  private final PathPattern wide;
  private final PathPattern narrow;
  private final PatternTokens wideRest;
  private final PatternTokens narrowRest;
  private final char[] alphabet;
  private final Set<Pair> seen = new HashSet<>();
  private final Deque<Pair> open = new ArrayDeque<>();

  private record Pair(int narrow, long wide) {}

  /** Both patterns have a wildcard. */
  PatternCover(PathPattern wide, PathPattern narrow) {
    this.wide = wide;
    this.narrow = narrow;
    this.wideRest = wide.middle();
    this.narrowRest = affixed() ? rest() : wideRest;
    this.alphabet = alphabet();
  }

  boolean holds() {
    if (!affixed() || !add(0, wideRest.reach(0))) {
      return false;
    }
    while (!open.isEmpty()) {
      if (seen.size() > MOST_PAIRS || !follow(open.remove())) {
        return false;
      }
    }
    return true;
  }

  /** The fixed ends of the wide pattern must be ends of the narrow one: then they drop out. */
  private boolean affixed() {
    return narrow.prefix().startsWith(wide.prefix()) && narrow.suffix().endsWith(wide.suffix());
  }

  private PatternTokens rest() {
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
