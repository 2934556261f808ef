package org.cistern.http.directive;

import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.cistern.http.Fields;
import org.cistern.http.Recent;
import org.cistern.http.structured.StructuredDictionary;
import org.jspecify.annotations.Nullable;

/**
 * The cache directives of one response, read once, from the first field of these that is there and
 * valid: {@code Cistern-Cache-Control}, {@code CDN-Cache-Control} (RFC 9213), {@code Cache-Control}
 * (RFC 9111 section 5.2.2). {@code Pragma} means nothing in a response.
 *
 * <p>Unknown directives are ignored. Of a lifetime given twice the first counts, and an invalid one
 * is zero, so that the response is stale (RFC 9111 section 4.2.1); an invalid stale window is none.
 * All values are seconds, at most {@link DeltaSeconds#MAX}.
 *
 * @param source which field was read
 * @param noStore nothing of the response may be stored
 * @param isPrivate no shared cache may store any of it
 * @param noCache no use without validation
 * @param withheld the fields, in lower case, that a qualified {@code private} or {@code no-cache}
 *     keeps from being stored
 * @param isPublic it may be stored where that would be forbidden or not be known to be allowed
 * @param mustRevalidate no use of it when stale
 * @param proxyRevalidate the same, for shared caches
 * @param mustUnderstand only a cache that knows the status code may store it
 * @param noTransform its content may not be changed
 * @param maxAge the lifetime
 * @param sMaxage the lifetime for shared caches
 * @param staleWhileRevalidate how long it may be used stale while it is refreshed (RFC 5861)
 * @param staleIfError how long it may be used stale where the origin fails (RFC 5861)
 */
public record ResponseDirectives(
    Source source,
    boolean noStore,
    boolean isPrivate,
    boolean noCache,
    Set<String> withheld,
    boolean isPublic,
    boolean mustRevalidate,
    boolean proxyRevalidate,
    boolean mustUnderstand,
    boolean noTransform,
    OptionalLong maxAge,
    OptionalLong sMaxage,
    OptionalLong staleWhileRevalidate,
    OptionalLong staleIfError) {

  /** Where the directives of a response come from. */
  public enum Source {
    /** No field has any. */
    NONE,
    /** {@code Cache-Control}. */
    CACHE_CONTROL,
    /** {@code CDN-Cache-Control}; {@code Cache-Control} and {@code Expires} are ignored. */
    CDN,
    /** {@code Cistern-Cache-Control}; every other field is ignored. */
    CISTERN;

    /** Tells whether the field speaks to certain caches alone (RFC 9213). */
    public boolean targeted() {
      return this == CDN || this == CISTERN;
    }
  }

  /** A response that says nothing. */
  public static final ResponseDirectives NONE = new ResponseReading(Source.NONE).done();

  /** A longer line is read each time, so that what is remembered stays small. */
  private static final int LONGEST = 256;

  private static final Recent<String, ResponseDirectives> RECENT =
      new Recent<>(line -> read(List.of(line)));

  public ResponseDirectives {
    withheld = Set.copyOf(withheld);
  }

  /** Reads a response's directives. */
  public static ResponseDirectives of(Fields fields) {
    StructuredDictionary own = targeted(fields, "Cistern-Cache-Control");
    if (own != null) {
      return new ResponseReading(Source.CISTERN).dictionary(own).done();
    }
    StructuredDictionary cdn = targeted(fields, "CDN-Cache-Control");
    if (cdn != null) {
      return new ResponseReading(Source.CDN).dictionary(cdn).done();
    }
    return general(fields);
  }

  /**
   * Tells whether a response's content is to reach the client as it is. {@code no-transform} binds
   * whoever passes a message on (RFC 9110 section 7.7), so {@code Cache-Control} is heard on it
   * even where a targeted field takes its place for caching.
   */
  public static boolean forbidTransform(Fields fields) {
    return of(fields).noTransform() || general(fields).noTransform();
  }

  private static ResponseDirectives general(Fields fields) {
    List<String> lines = fields.all("Cache-Control");
    if (lines.isEmpty()) {
      return NONE;
    }
    boolean usual = lines.size() == 1 && lines.get(0).length() <= LONGEST;
    return usual ? RECENT.of(lines.get(0)) : read(lines);
  }

  private static ResponseDirectives read(List<String> lines) {
    return new ResponseReading(Source.CACHE_CONTROL).lines(lines).done();
  }

  /** RFC 9213 section 2.1: a field that is empty or not well-formed is as good as absent. */
  private static @Nullable StructuredDictionary targeted(Fields fields, String name) {
    if (!fields.has(name)) {
      return null;
    }
    StructuredDictionary read = StructuredDictionary.parse(fields.all(name));
    return read == null || read.isEmpty() ? null : read;
  }
}
