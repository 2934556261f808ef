package org.cistern.freshness;

import java.time.Instant;
import org.cistern.http.EntityTag;
import org.cistern.http.Fields;
import org.cistern.http.HttpDate;
import org.jspecify.annotations.Nullable;

/** Compares the validators of a stored answer with those of a newer response. */
final class Validators {

  private Validators() {}

  /**
   * Tells whether a response speaks of the stored answer: every validator that it has is the
   * answer's. One without any speaks of the only answer whose validators were sent up.
   */
  static boolean identify(Fields stored, Fields news) {
    EntityTag tag = EntityTag.parse(news.first("ETag"));
    String modified = news.first("Last-Modified");
    if (tag != null && stored.has("ETag")) {
      return sameTag(stored, tag);
    }
    if (modified != null) {
      return sameDate(stored.first("Last-Modified"), modified);
    }
    return tag == null;
  }

  private static boolean sameTag(Fields stored, EntityTag tag) {
    EntityTag before = EntityTag.parse(stored.first("ETag"));
    return before != null && before.weaklyEquals(tag);
  }

  private static boolean sameDate(@Nullable String stored, String news) {
    if (news.equals(stored)) {
      return true;
    }
    Instant date = HttpDate.parse(news);
    return date != null && date.equals(HttpDate.parse(stored));
  }
}
