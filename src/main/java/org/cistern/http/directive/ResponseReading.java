package org.cistern.http.directive;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import org.cistern.http.FieldSyntax;
import org.cistern.http.directive.ResponseDirectives.Source;
import org.cistern.http.structured.StructuredDictionary;
import org.cistern.http.structured.StructuredValue;
import org.jspecify.annotations.Nullable;

/** Collects the directives of one response from either kind of field. */
final class ResponseReading {

  /**
   * Without these fields a stored response could not be judged; where a qualified directive names
   * one, it is taken as unqualified, which is the stricter reading.
   */
  private static final Set<String> NEEDED =
      Set.of(
          "age",
          "cache-control",
          "cdn-cache-control",
          "cistern-cache-control",
          "content-encoding",
          "content-length",
          "content-range",
          "content-type",
          "date",
          "etag",
          "expires",
          "last-modified",
          "vary");

  private final Source source;
  private final Set<String> withheld = new HashSet<>();
  private boolean noStore;
  private boolean isPrivate;
  private boolean noCache;
  private boolean isPublic;
  private boolean mustRevalidate;
  private boolean proxyRevalidate;
  private boolean mustUnderstand;
  private boolean noTransform;
  private OptionalLong maxAge = OptionalLong.empty();
  private OptionalLong sMaxage = OptionalLong.empty();
  private OptionalLong staleWhileRevalidate = OptionalLong.empty();
  private OptionalLong staleIfError = OptionalLong.empty();

  ResponseReading(Source source) {
    this.source = source;
  }

  ResponseReading lines(List<String> lines) {
    for (String line : lines) {
      DirectiveReader reader = new DirectiveReader(line);
      while (reader.next()) {
        String value = reader.value();
        directive(reader.name(), value, value == null ? -1 : DeltaSeconds.parse(value));
      }
    }
    return this;
  }

  ResponseReading dictionary(StructuredDictionary dictionary) {
    for (String key : dictionary.keys()) {
      StructuredValue value = dictionary.get(key);
      if (value != null && !value.isFalse()) {
        Long whole = value.asWhole();
        directive(key, value.asText(), whole == null ? -1 : Math.min(whole, DeltaSeconds.MAX));
      }
    }
    return this;
  }

  private void directive(String name, @Nullable String value, long seconds) {
    switch (name) {
      case "no-store" -> noStore = true;
      case "private" -> isPrivate |= isUnqualified(value);
      case "no-cache" -> noCache |= isUnqualified(value);
      case "public" -> isPublic = true;
      case "must-revalidate" -> mustRevalidate = true;
      case "proxy-revalidate" -> proxyRevalidate = true;
      case "must-understand" -> mustUnderstand = true;
      case "no-transform" -> noTransform = true;
      case "max-age" -> maxAge = lifetime(maxAge, seconds);
      case "s-maxage" -> sMaxage = lifetime(sMaxage, seconds);
      case "stale-while-revalidate" -> staleWhileRevalidate = window(staleWhileRevalidate, seconds);
      case "stale-if-error" -> staleIfError = window(staleIfError, seconds);
      default -> {}
    }
  }

  private static OptionalLong lifetime(OptionalLong first, long seconds) {
    return first.isPresent() ? first : OptionalLong.of(Math.max(0, seconds));
  }

  private static OptionalLong window(OptionalLong first, long seconds) {
    return first.isPresent() || seconds < 0 ? first : OptionalLong.of(seconds);
  }

  /**
   * Takes down the fields that a qualified directive names; true where it names none, or something
   * that is no field: a broken argument was perhaps meant to name more.
   */
  private boolean isUnqualified(@Nullable String value) {
    Set<String> names = new HashSet<>();
    for (String name : value == null ? List.<String>of() : Members.of(value)) {
      names.add(name.toLowerCase(Locale.ROOT));
    }
    boolean unqualified = names.isEmpty() || names.stream().anyMatch(ResponseReading::isStrict);
    if (!unqualified) {
      withheld.addAll(names);
    }
    return unqualified;
  }

  private static boolean isStrict(String name) {
    return NEEDED.contains(name) || !FieldSyntax.isToken(name);
  }

  ResponseDirectives done() {
    return new ResponseDirectives(
        source,
        noStore,
        isPrivate,
        noCache,
        withheld,
        isPublic,
        mustRevalidate,
        proxyRevalidate,
        mustUnderstand,
        noTransform,
        maxAge,
        sMaxage,
        staleWhileRevalidate,
        staleIfError);
  }
}
