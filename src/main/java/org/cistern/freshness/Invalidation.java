package org.cistern.freshness;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.cistern.http.Fields;
import org.cistern.http.structured.StructuredList;
import org.cistern.http.uri.Request;
import org.cistern.http.uri.Target;

/**
 * What a request that may change something makes invalid (RFC 9111 section 4.4). It is to be purged
 * hard: nothing of it may be used again, not even stale.
 *
 * @param targets the targets, each with all its variants and users
 * @param groups the cache groups, of the origin that was asked
 */
public record Invalidation(Set<Target> targets, Set<String> groups) {

  private static final Invalidation NOTHING = new Invalidation(Set.of(), Set.of());

  /** The methods that the IANA registry calls safe; every other, known or not, is unsafe. */
  private static final Set<String> SAFE =
      Set.of("GET", "HEAD", "OPTIONS", "TRACE", "PROPFIND", "REPORT", "SEARCH", "QUERY", "PRI");

  public Invalidation {
    targets = Set.copyOf(targets);
    groups = Set.copyOf(groups);
  }

  /** Returns what a request makes invalid that changes nothing. */
  public static Invalidation none() {
    return NOTHING;
  }

  /** Tells whether a method may change something; methods are case-sensitive. */
  public static boolean isUnsafe(String method) {
    return !SAFE.contains(method);
  }

  /**
   * Returns what an answered request invalidates: its target, what Location and Content-Location
   * refer to at the same origin, and the cache groups that the response names (RFC 9875 section 3).
   * A safe request and an error invalidate nothing.
   *
   * @param askedUnder the URLs under which the upstream that answered was asked
   */
  public static Invalidation of(
      Request request, int status, Fields response, Set<Target> askedUnder) {
    if (!isUnsafe(request.method()) || status < 200 || status >= 400) {
      return NOTHING;
    }
    Target target = request.target();
    Set<Target> targets = new LinkedHashSet<>(Set.of(target));
    for (String name : List.of("Location", "Content-Location")) {
      String reference = response.first(name);
      Target referred = reference == null ? null : Reference.resolve(target, reference, askedUnder);
      if (referred != null && Reference.sameOrigin(target, referred)) {
        targets.add(referred);
      }
    }
    return new Invalidation(targets, groups(response));
  }

  /** Returns what a request invalidates whose outcome is not known: it may have succeeded. */
  public static Invalidation ofUnknownOutcome(Request request) {
    return isUnsafe(request.method())
        ? new Invalidation(Set.of(request.target()), Set.of())
        : NOTHING;
  }

  /** Tells whether nothing is invalid. */
  public boolean isEmpty() {
    return targets.isEmpty() && groups.isEmpty();
  }

  /** Returns the tags of the groups at the origin of this target. */
  public Set<String> tags(Target origin) {
    Set<String> tags = new LinkedHashSet<>();
    groups.forEach(group -> tags.add(Tags.ofGroup(origin, group)));
    return tags;
  }

  private static Set<String> groups(Fields response) {
    return new LinkedHashSet<>(StructuredList.strings(response.all("Cache-Group-Invalidation")));
  }
}
