package org.cistern.replay;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * What caches that hold so many entries would do with a trace: pure arithmetic, to compare with.
 */
final class Offline {

  private Offline() {}

  /** Returns the percentage of hits where nothing is ever let go. */
  static double everything(int[] trace) {
    return percent(trace.length - Arrays.stream(trace).distinct().count(), trace);
  }

  /** Returns the percentage of hits where the least recently used entry goes. */
  static double lru(int[] trace, int size) {
    Map<Integer, Boolean> held = new LinkedHashMap<>(16, 0.75f, true);
    int hits = 0;
    for (int object : trace) {
      if (held.put(object, true) != null) {
        hits++;
      } else if (held.size() > size) {
        held.remove(held.keySet().iterator().next());
      }
    }
    return percent(hits, trace);
  }

  /** Returns the percentage of hits where the entry goes that is asked for last (Belady). */
  static double optimum(int[] trace, int size) {
    int[] next = nextUses(trace);
    Map<Integer, Integer> held = new HashMap<>();
    // Entries by their next use, the farthest first; what is not in `held` so is out of date.
    PriorityQueue<int[]> farthest = new PriorityQueue<>((a, b) -> Integer.compare(b[1], a[1]));
    int hits = 0;
    for (int i = 0; i < trace.length; i++) {
      if (held.containsKey(trace[i])) {
        hits++;
      } else if (held.size() == size) {
        letGo(held, farthest);
      }
      held.put(trace[i], next[i]);
      farthest.add(new int[] {trace[i], next[i]});
    }
    return percent(hits, trace);
  }

  private static void letGo(Map<Integer, Integer> held, PriorityQueue<int[]> farthest) {
    int[] entry = farthest.remove();
    while (!Integer.valueOf(entry[1]).equals(held.get(entry[0]))) {
      entry = farthest.remove();
    }
    held.remove(entry[0]);
  }

  /** Returns for each request when its object is asked for again; behind the end if never. */
  private static int[] nextUses(int[] trace) {
    int[] next = new int[trace.length];
    Map<Integer, Integer> later = new HashMap<>();
    for (int i = trace.length - 1; i >= 0; i--) {
      Integer again = later.put(trace[i], i);
      next[i] = again == null ? Integer.MAX_VALUE : again;
    }
    return next;
  }

  private static double percent(long hits, int[] trace) {
    return 100.0 * hits / trace.length;
  }
}
