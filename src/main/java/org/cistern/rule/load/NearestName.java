package org.cistern.rule.load;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The known name that somebody may have meant by an unknown one. */
final class NearestName {

  private static final int TOO_FAR = 100;

  private NearestName() {}

  /** Returns the known name that is nearest, where one is near enough to be meant. */
  static Optional<String> to(String unknown, Collection<String> known) {
    String plain = plain(unknown);
    return known.stream()
        .filter(name -> distance(plain, name) < TOO_FAR)
        .min(Comparator.comparingInt(name -> distance(plain, name)));
  }

  /** {@code cacheTtl}, {@code cache-ttl} and {@code Cache_TTL} are one name. */
  private static String plain(String name) {
    String cut = name.length() > 60 ? name.substring(0, 60) : name;
    return cut.replaceAll("([a-z])([A-Z])", "$1_$2")
        .replace('-', '_')
        .replace(' ', '_')
        .toLowerCase(Locale.ROOT);
  }

  private static int distance(String unknown, String name) {
    int edits = EditDistance.between(unknown, name);
    if (edits <= Math.max(1, name.length() / 3)) {
      return edits;
    }
    boolean part = unknown.length() >= 3 && (name.contains(unknown) || unknown.contains(name));
    return part ? 50 + Math.min(edits, 49) : TOO_FAR;
  }
}
