package org.cistern.freshness;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.cistern.http.EntityTag;
import org.cistern.http.Headers;
import org.cistern.http.HopByHop;
import org.cistern.rule.Rule;
import org.cistern.rule.SetCookie;

/** Updates stored fields with those of a newer response (RFC 9111 section 3.2). */
final class Update {

  /**
   * The fields that say how the stored bytes are to be read: bytes that did not come again cannot
   * have changed their coding or their range.
   */
  private static final Set<String> BOUND_TO_THE_BYTES =
      Set.of("content-length", "content-encoding", "content-range");

  private Update() {}

  /** Returns the stored fields, each that the newer response has replaced by its lines. */
  static Headers of(Headers stored, Headers newer, Rule rule) {
    Headers news = HopByHop.strip(newer);
    Set<String> untouched = untouched(stored, rule);
    Set<String> replaced = new HashSet<>(List.of("age", "date", "warning"));
    news.each((name, value) -> replaced.add(name.toLowerCase(Locale.ROOT)));
    replaced.removeAll(untouched);
    Headers.Builder updated = stored.toBuilder();
    updated.removeIf((name, value) -> replaced.contains(name.toLowerCase(Locale.ROOT)));
    news.each((name, value) -> addUnless(untouched, updated, name, value));
    return updated.build();
  }

  private static void addUnless(
      Set<String> untouched, Headers.Builder updated, String name, String value) {
    if (!untouched.contains(name.toLowerCase(Locale.ROOT))) {
      updated.add(name, value);
    }
  }

  private static Set<String> untouched(Headers stored, Rule rule) {
    Set<String> untouched = new HashSet<>(BOUND_TO_THE_BYTES);
    if (rule.keep().setCookie() != SetCookie.STORE) {
      untouched.addAll(List.of("set-cookie", "set-cookie2"));
    }
    // A weak tag said "equivalent" of these bytes; a strong one that came without them cannot say
    // more.
    EntityTag tag = EntityTag.parse(stored.first("ETag"));
    if (tag != null && tag.weak()) {
      untouched.add("etag");
    }
    return untouched;
  }
}
