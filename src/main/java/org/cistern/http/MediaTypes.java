package org.cistern.http;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Questions about the media type in a Content-Type (RFC 9110 section 8.3.1). Parameters have no
 * bearing on the answers; case has none either.
 */
public final class MediaTypes {

  private static final Set<String> COMPRESSIBLE =
      Set.of(
          "application/json",
          "application/javascript",
          "application/ecmascript",
          "application/x-javascript",
          "application/xml",
          "application/graphql",
          "application/x-ndjson",
          "application/x-www-form-urlencoded",
          "application/yaml",
          "application/x-yaml",
          "application/toml",
          "application/sql",
          "application/rtf",
          "application/wasm",
          "application/x-protobuf",
          "application/vnd.ms-fontobject",
          "font/ttf",
          "font/otf",
          "font/collection",
          "image/bmp",
          "image/x-icon",
          "image/vnd.microsoft.icon");

  private MediaTypes() {}

  /**
   * Tells whether a media type is like a pattern: {@code text/*}, {@code application/json}, {@code
   * application/*+json}, and the like; each asterisk stands for any characters but a slash.
   *
   * @param contentType the value of Content-Type, or null where there is none, which is like
   *     nothing
   */
  public static boolean matches(@Nullable String contentType, String pattern) {
    return contentType != null
        && matches(contentType, 0, essenceEnd(contentType), pattern, 0, essenceEnd(pattern));
  }

  // Patterns hold one or two asterisks, so trying every length costs little.
  private static boolean matches(
      String type, int from, int end, String pattern, int at, int patternEnd) {
    int typeAt = from;
    for (int i = at; i < patternEnd; i++, typeAt++) {
      if (pattern.charAt(i) == '*') {
        return matchesRest(type, typeAt, end, pattern, i + 1, patternEnd);
      }
      if (typeAt == end || !pattern.regionMatches(true, i, type, typeAt, 1)) {
        return false;
      }
    }
    return typeAt == end;
  }

  private static boolean matchesRest(
      String type, int from, int end, String pattern, int at, int patternEnd) {
    for (int next = from; next <= end; next++) {
      if (matches(type, next, end, pattern, at, patternEnd)) {
        return true;
      }
      if (next < end && type.charAt(next) == '/') {
        return false;
      }
    }
    return false;
  }

  /**
   * Tells whether bodies of this type usually become much smaller: text in any form, and a few
   * binary types without compression of their own. Event streams do not count, since an encoder
   * would hold events back.
   */
  public static boolean isCompressible(@Nullable String contentType) {
    if (contentType == null || matches(contentType, "text/event-stream")) {
      return false;
    }
    return matches(contentType, "text/*")
        || matches(contentType, "*/*+json")
        || matches(contentType, "*/*+xml")
        || matches(contentType, "*/*+yaml")
        || COMPRESSIBLE.contains(essence(contentType));
  }

  /** Returns type and subtype in lower case, without parameters. */
  public static String essence(String contentType) {
    return contentType.substring(0, essenceEnd(contentType)).toLowerCase(Locale.ROOT);
  }

  private static int essenceEnd(String contentType) {
    int semicolon = contentType.indexOf(';');
    int end = semicolon < 0 ? contentType.length() : semicolon;
    while (end > 0 && contentType.charAt(end - 1) <= ' ') {
      end--;
    }
    return end;
  }
}
