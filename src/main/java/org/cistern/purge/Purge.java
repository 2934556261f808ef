package org.cistern.purge;

import org.cistern.http.uri.Target;

/**
 * What is to be purged, and how.
 *
 * @param scope which answers
 * @param hard true: they are gone; false: they are stale
 */
public record Purge(Scope scope, boolean hard) {

  /** Which answers a purge speaks of. */
  public sealed interface Scope {

    /**
     * All variants, users and methods of one normalised target, its query included; and what is
     * kept for several queries of its path.
     */
    record Uri(Target target) implements Scope {}

    /**
     * Every target whose path matches, whatever its query.
     *
     * @param host the host as it stands in {@link Target#host()}, or {@code *}
     * @param pattern {@code *} within a segment, {@code **} across; begins with a slash or a star
     */
    record Pattern(String host, String pattern) implements Scope {
      public Pattern {
        if (!pattern.startsWith("/") && !pattern.startsWith("*")) {
          throw new IllegalArgumentException(
              "the path pattern '" + pattern + "' must begin with / or *, as paths begin with /");
        }
      }
    }

    /** Every answer with this tag. */
    record Tag(String tag) implements Scope {}

    /** Every answer that this rule stored. */
    record ByRule(String rule) implements Scope {}

    /** Every answer of this user, by the hash. */
    record User(String owner) implements Scope {}

    /** Every answer. */
    record Everything() implements Scope {}
  }
}
