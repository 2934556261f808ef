package org.cistern.http;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What was worked out a moment ago and is likely to be wanted again: a table of fixed size, in
 * which whatever comes takes the place of what was there. Safe for several threads without a lock;
 * two of them may work the same out.
 *
 * @param <K> what something is worked out from: immutable, with equality
 * @param <V> what comes of it: immutable
 */
public final class Recent<K, V> {

  static final int PLACES = 64;

  private final Function<K, V> work;
  private final AtomicReferenceArray<@Nullable Known<K, V>> places =
      new AtomicReferenceArray<>(PLACES);

  /** Makes one that knows nothing yet; the same has to come of the same key each time. */
  public Recent(Function<K, V> work) {
    this.work = work;
  }

  /** Returns what comes of the key. */
  public V of(K key) {
    int place = key.hashCode() & PLACES - 1;
    Known<K, V> there = places.get(place);
    if (there != null && there.key.equals(key)) {
      return there.value;
    }
    V made = work.apply(key);
    places.set(place, new Known<>(key, made));
    return made;
  }

  private record Known<K, V>(K key, V value) {}
}
