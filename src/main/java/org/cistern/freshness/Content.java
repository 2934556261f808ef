package org.cistern.freshness;

import java.util.List;
import java.util.Locale;
import org.cistern.rule.Rule;
import org.cistern.rule.match.Wildcard;
import org.jspecify.annotations.Nullable;

/** What a rule says of the content that it keeps. */
final class Content {

  private Content() {}

  static @Nullable Reason check(Candidate candidate) {
    Received response = candidate.response();
    Rule.Keep keep = candidate.rule().keep();
    if (!isKept(response.headers().first("Content-Type"), keep.contentTypes())) {
      return Reason.CONTENT_TYPE;
    }
    if (response.closeDelimited() && !keep.closeDelimited()) {
      return Reason.CLOSE_DELIMITED;
    }
    return response.length() < 0 ? null : size(candidate.rule(), response.length());
  }

  /** Returns why a content of this many bytes is not kept, or null. */
  static @Nullable Reason size(Rule rule, long size) {
    if (size > rule.keep().maxSize()) {
      return Reason.TOO_LARGE;
    }
    return size < rule.keep().minSize() ? Reason.TOO_SMALL : null;
  }

  private static boolean isKept(@Nullable String contentType, List<String> kept) {
    if (kept.isEmpty()) {
      return true;
    }
    String type = contentType == null ? "" : contentType.split(";", 2)[0].strip();
    return kept.stream().anyMatch(pattern -> covers(pattern, type.toLowerCase(Locale.ROOT)));
  }

  private static boolean covers(String pattern, String type) {
    return new Wildcard(pattern.strip().toLowerCase(Locale.ROOT)).matches(type);
  }
}
