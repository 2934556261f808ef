package org.cistern.freshness;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cistern.http.uri.Target;
import org.cistern.http.uri.TargetParser;
import org.jspecify.annotations.Nullable;

/**
 * Resolves what {@code Location} and {@code Content-Location} refer to (RFC 3986 section 5). The
 * result is what a request for it would have as its target, so that both meet under one key;
 * origins send more characters raw than a URI may have, as clients do.
 */
final class Reference {

  /** Scheme, authority, path and query (RFC 3986 appendix B); the fragment names no resource. */
  private static final Pattern PARTS =
      Pattern.compile("(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?://([^/?#]*))?([^?#]*)(\\?[^#]*)?(?:#.*)?");

  private static final Pattern DOT = Pattern.compile("%2e", Pattern.CASE_INSENSITIVE);

  private Reference() {}

  /**
   * Returns the target of a reference as the client would name it, or null where it is none.
   *
   * @param askedUnder the URLs under which the upstream that made it was asked, each with what it
   *     has before the client's paths
   */
  static @Nullable Target resolve(Target base, String reference, Set<Target> askedUnder) {
    Target named = resolve(base, reference);
    if (named == null || sameOrigin(base, named)) {
      return named;
    }
    for (Target site : askedUnder) {
      if (sameOrigin(site, named) && isWithin(site.path(), named.path())) {
        String path = beyond(site.path(), named.path());
        return new Target(base.scheme(), base.host(), path, named.query());
      }
    }
    return named;
  }

  private static boolean isWithin(String site, String path) {
    return path.equals(site) || path.startsWith(site.endsWith("/") ? site : site + '/');
  }

  private static String beyond(String site, String path) {
    String rest = site.endsWith("/") ? path : path.substring(site.length());
    return rest.isEmpty() ? "/" : rest;
  }

  /** Returns the target of a reference made in a response for another, or null where it is none. */
  static @Nullable Target resolve(Target base, String reference) {
    Matcher parts = PARTS.matcher(reference.strip());
    if (!parts.matches()) {
      return null;
    }
    String scheme = parts.group(1);
    String authority = parts.group(2);
    if (authority != null) {
      String own = scheme == null ? base.scheme() : scheme;
      return target(own, authority, parts.group(3), parts.group(4));
    }
    return scheme == null ? relative(base, parts.group(3), parts.group(4)) : null;
  }

  /** Tells whether two targets have scheme, host and port in common. */
  static boolean sameOrigin(Target one, Target other) {
    return one.scheme().equals(other.scheme()) && one.host().equals(other.host());
  }

  private static @Nullable Target relative(Target base, String path, @Nullable String query) {
    if (path.isEmpty() && query == null) {
      return base;
    }
    // An empty path in the reference keeps the base's own, to its last segment.
    String whole = path.isEmpty() ? base.path() : merged(base.path(), path);
    return target(base.scheme(), base.host(), whole, query);
  }

  private static String merged(String base, String path) {
    return path.startsWith("/") ? path : base.substring(0, base.lastIndexOf('/') + 1) + path;
  }

  private static @Nullable Target target(
      String scheme, String authority, String path, @Nullable String query) {
    String raw = withoutDots(path.startsWith("/") ? path : "/" + path);
    return TargetParser.parse("GET", scheme, authority, query == null ? raw : raw + query)
            instanceof Target target
        ? target
        : null;
  }

  /** Section 5.2.4; an escaped dot is a dot. */
  private static String withoutDots(String path) {
    Deque<String> kept = new ArrayDeque<>();
    String[] segments = DOT.matcher(path.substring(1)).replaceAll(".").split("/", -1);
    for (String segment : segments) {
      step(kept, segment);
    }
    String last = segments[segments.length - 1];
    boolean open = last.equals(".") || last.equals("..");
    return "/" + String.join("/", kept) + (open && !kept.isEmpty() ? "/" : "");
  }

  private static void step(Deque<String> kept, String segment) {
    if (segment.equals("..")) {
      kept.pollLast();
    } else if (!segment.equals(".")) {
      kept.addLast(segment);
    }
  }
}
