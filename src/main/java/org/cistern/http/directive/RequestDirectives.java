package org.cistern.http.directive;

import java.util.OptionalLong;
import org.cistern.http.Fields;
import org.jspecify.annotations.Nullable;

/**
 * The cache directives of one request (RFC 9111 section 5.2.1), read once. Unknown ones and those
 * with an invalid value are ignored; of a directive given twice the stricter value counts. All
 * values are seconds, at most {@link DeltaSeconds#MAX}.
 *
 * @param noCache the client wants no answer that was not validated for it
 * @param noStore nothing of this exchange may be stored
 * @param onlyIfCached the client wants a stored answer or none
 * @param noTransform the client asks for content as the origin sent it
 * @param maxAge the greatest age that the client accepts
 * @param minFresh how long the answer must stay fresh
 * @param maxStale how stale the answer may be; without a value in the request: any staleness
 * @param staleIfError how stale the answer may be where the origin fails (RFC 5861 section 4)
 */
public record RequestDirectives(
    boolean noCache,
    boolean noStore,
    boolean onlyIfCached,
    boolean noTransform,
    OptionalLong maxAge,
    OptionalLong minFresh,
    OptionalLong maxStale,
    OptionalLong staleIfError) {

  /** A request that says nothing; always this one object. */
  public static final RequestDirectives NONE = new Reading().done();

  /** {@code Pragma: no-cache} alone (RFC 9111 section 5.4). */
  private static final RequestDirectives NO_CACHE = new Reading().noCache().done();

  /** Reads a request's directives; {@code Pragma} counts only where Cache-Control is absent. */
  public static RequestDirectives of(Fields fields) {
    String first = fields.first("Cache-Control");
    if (first == null) {
      return fields.first("Pragma") == null ? NONE : pragma(fields);
    }
    Reading reading = new Reading();
    for (String line : fields.all("Cache-Control")) {
      reading.line(line);
    }
    RequestDirectives read = reading.done();
    return read.equals(NONE) ? NONE : read;
  }

  /** Tells whether the request says nothing, at the cost of one comparison. */
  @SuppressWarnings("ReferenceEquality")
  public boolean isNone() {
    return this == NONE;
  }

  private static RequestDirectives pragma(Fields fields) {
    for (String line : fields.all("Pragma")) {
      DirectiveReader reader = new DirectiveReader(line);
      while (reader.next()) {
        if (reader.name().equals("no-cache")) {
          return NO_CACHE;
        }
      }
    }
    return NONE;
  }

  private static final class Reading {
    private boolean noCache;
    private boolean noStore;
    private boolean onlyIfCached;
    private boolean noTransform;
    private OptionalLong maxAge = OptionalLong.empty();
    private OptionalLong minFresh = OptionalLong.empty();
    private OptionalLong maxStale = OptionalLong.empty();
    private OptionalLong staleIfError = OptionalLong.empty();

    Reading noCache() {
      noCache = true;
      return this;
    }

    void line(String line) {
      DirectiveReader reader = new DirectiveReader(line);
      while (reader.next()) {
        directive(reader.name(), reader.value());
      }
    }

    private void directive(String name, @Nullable String value) {
      switch (name) {
        case "no-cache" -> noCache = true;
        case "no-store" -> noStore = true;
        case "only-if-cached" -> onlyIfCached = true;
        case "no-transform" -> noTransform = true;
        case "max-age" -> maxAge = lower(maxAge, value);
        case "min-fresh" -> minFresh = higher(minFresh, value);
        case "max-stale" -> maxStale = lower(maxStale, value == null ? "2147483648" : value);
        case "stale-if-error" -> staleIfError = lower(staleIfError, value);
        default -> {}
      }
    }

    private static OptionalLong lower(OptionalLong so, @Nullable String value) {
      long seconds = seconds(value);
      return seconds < 0 ? so : OptionalLong.of(Math.min(so.orElse(DeltaSeconds.MAX), seconds));
    }

    private static OptionalLong higher(OptionalLong so, @Nullable String value) {
      long seconds = seconds(value);
      return seconds < 0 ? so : OptionalLong.of(Math.max(so.orElse(0), seconds));
    }

    private static long seconds(@Nullable String value) {
      return value == null ? DeltaSeconds.INVALID : DeltaSeconds.parse(value);
    }

    RequestDirectives done() {
      return new RequestDirectives(
          noCache, noStore, onlyIfCached, noTransform, maxAge, minFresh, maxStale, staleIfError);
    }
  }
}
