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
    int edits = edits(unknown, name);
    if (edits <= Math.max(1, name.length() / 3)) {
      return edits;
    }
    boolean part = unknown.length() >= 3 && (name.contains(unknown) || unknown.contains(name));
    return part ? 50 + Math.min(edits, 49) : TOO_FAR;
  }

  /** How many characters must be put in, left out or changed. */
  private static int edits(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int change = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[other.length()];
  }
}
