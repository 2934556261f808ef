package org.cistern.camel.call;

import io.netty.util.AsciiString;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The names of fields that every request is asked for, in a form that knows its hash. */
final class FieldNames {

  private static final Map<String, CharSequence> KNOWN = new HashMap<>();

  static {
    List.of(
            "accept",
            "accept-encoding",
            "accept-language",
            "authorization",
            "cache-control",
            "connection",
            "content-length",
            "content-type",
            "cookie",
            "expect",
            "forwarded",
            "host",
            "http2-settings",
            "if-match",
            "if-modified-since",
            "if-none-match",
            "if-range",
            "if-unmodified-since",
            "pragma",
            "range",
            "te",
            "traceparent",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "via",
            "x-api-key",
            "x-forwarded-for",
            "x-forwarded-host",
            "x-forwarded-proto",
            "x-request-id")
        .forEach(FieldNames::know);
  }

  private static void know(String name) {
    AsciiString hashed = new AsciiString(name);
    KNOWN.put(name, hashed);
    // Who asks does so with a literal, which is the same object and needs no comparison then.
    KNOWN.put(capitalized(name).intern(), hashed);
  }

  /** Both spellings are in use: "if-none-match" and "If-None-Match". */
  private static String capitalized(String name) {
    return Arrays.stream(name.split("-"))
        .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
        .collect(Collectors.joining("-"));
  }

  private FieldNames() {}

  /** Returns the same name, with its hash at hand where it is one of the known ones. */
  static CharSequence hashed(String name) {
    CharSequence known = KNOWN.get(name);
    return known == null ? name : known;
  }
}
