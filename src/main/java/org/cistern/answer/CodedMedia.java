package org.cistern.answer;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The media types whose content is compressed by its nature. */
final class CodedMedia {

  private static final Set<String> FAMILIES = Set.of("image", "video", "audio");
  private static final Set<String> PLAIN_IMAGES =
      Set.of("image/svg+xml", "image/bmp", "image/x-icon", "image/vnd.microsoft.icon");
  private static final Set<String> TYPES =
      Set.of(
          "application/zip",
          "application/gzip",
          "application/x-gzip",
          "application/zstd",
          "application/x-7z-compressed",
          "application/x-bzip2",
          "application/x-xz",
          "application/java-archive",
          "font/woff",
          "font/woff2");

  private CodedMedia() {}

  /** Tells whether a {@code Content-Type} names such a type; without one nothing is known. */
  static boolean covers(@Nullable String contentType) {
    if (contentType == null) {
      return false;
    }
    int end = contentType.indexOf(';');
    String bare = end < 0 ? contentType : contentType.substring(0, end);
    String type = bare.strip().toLowerCase(Locale.ROOT);
    return TYPES.contains(type) || isCodedFamily(type);
  }

  private static boolean isCodedFamily(String type) {
    int slash = type.indexOf('/');
    return slash > 0 && FAMILIES.contains(type.substring(0, slash)) && !PLAIN_IMAGES.contains(type);
  }
}
