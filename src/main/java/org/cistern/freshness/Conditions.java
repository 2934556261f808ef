package org.cistern.freshness;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.cistern.answer.Answer;
import org.cistern.http.EntityTag;
import org.cistern.http.Fields;
import org.cistern.http.Headers;
import org.cistern.http.HttpDate;
import org.cistern.http.uri.Request;
import org.jspecify.annotations.Nullable;

/**
 * The client's conditions, put to an answer that is about to go out, in the order of RFC 9110
 * section 13.2.2.
 */
public final class Conditions {

  /** In what form the answer goes out. */
  public enum Outcome {
    /** As it is. */
    FULL,
    /** The client's copy still holds: a 304. */
    NOT_MODIFIED,
    /** What the client requires is not so: a 412. */
    PRECONDITION_FAILED,
    /** {@code Range} applies, if it can be read and met. */
    PARTIAL
  }

  /** What a 304 leaves out: it has no content that these could describe (section 15.4.5). */
  private static final Set<String> OF_THE_CONTENT =
      Set.of(
          "content-length",
          "content-encoding",
          "content-language",
          "content-range",
          "content-type",
          "content-md5",
          "content-digest",
          "accept-ranges",
          "trailer",
          "transfer-encoding");

  private static final String[] FIELDS = {
    "If-None-Match", "If-Modified-Since", "Range", "If-Match", "If-Unmodified-Since"
  };

  private Conditions() {}

  /** Puts a request's conditions to an answer. */
  public static Outcome evaluate(Request request, Answer answer, Instant now) {
    Fields fields = request.fields();
    if (!areApplicable(request, answer) || !hasAny(fields)) {
      return Outcome.FULL;
    }
    if (requirementFails(fields, answer, now)) {
      return Outcome.PRECONDITION_FAILED;
    }
    if (isUnchanged(request, answer, now)) {
      return isRead(request) ? Outcome.NOT_MODIFIED : Outcome.PRECONDITION_FAILED;
    }
    return rangeApplies(request, answer, now) ? Outcome.PARTIAL : Outcome.FULL;
  }

  /** Returns the fields that a 304 carries in place of the answer's. */
  public static Headers notModified(Headers headers) {
    Headers.Builder kept = headers.toBuilder();
    return kept.removeIf((name, value) -> OF_THE_CONTENT.contains(name.toLowerCase(Locale.ROOT)))
        .build();
  }

  /** Section 13.2.1: only what would succeed without conditions is put to them. */
  private static boolean areApplicable(Request request, Answer answer) {
    boolean success = answer.status() >= 200 && answer.status() < 300;
    return success && !request.method().equals("OPTIONS");
  }

  private static boolean hasAny(Fields fields) {
    for (String name : FIELDS) {
      if (fields.has(name)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isRead(Request request) {
    return request.method().equals("GET") || request.method().equals("HEAD");
  }

  /** Steps 1 and 2: If-Match, or without it If-Unmodified-Since. */
  private static boolean requirementFails(Fields fields, Answer answer, Instant now) {
    if (fields.has("If-Match")) {
      return !matches(fields.all("If-Match"), answer, true);
    }
    Instant limit = date(fields, "If-Unmodified-Since", now);
    Instant modified = HttpDate.parse(answer.headers().first("Last-Modified"), now);
    return limit != null && modified != null && modified.isAfter(limit);
  }

  /**
   * Steps 3 and 4: If-None-Match, or without it If-Modified-Since, which is of GET and HEAD alone
   * (section 13.1.3).
   */
  private static boolean isUnchanged(Request request, Answer answer, Instant now) {
    Fields fields = request.fields();
    if (fields.has("If-None-Match")) {
      return matches(fields.all("If-None-Match"), answer, false);
    }
    Instant since = isRead(request) ? date(fields, "If-Modified-Since", now) : null;
    return since != null && !lastChange(answer, now).isAfter(since);
  }

  private static boolean matches(List<String> lines, Answer answer, boolean strongly) {
    EntityTag own = EntityTag.parse(answer.headers().first("ETag"));
    for (EntityTag tag : EntityTag.list(lines)) {
      boolean same = own != null && (strongly ? tag.stronglyEquals(own) : tag.weaklyEquals(own));
      if (same || tag.isAny()) {
        return true;
      }
    }
    return false;
  }

  /** What If-Modified-Since is compared with in a cache (RFC 9111 section 4.3.2). */
  private static Instant lastChange(Answer answer, Instant now) {
    Instant modified = HttpDate.parse(answer.headers().first("Last-Modified"), now);
    return modified != null ? modified : Age.dateValue(Received.of(answer));
  }

  /** Step 5: Range, unless If-Range says that the client's parts are of something else. */
  private static boolean rangeApplies(Request request, Answer answer, Instant now) {
    Fields fields = request.fields();
    if (!request.method().equals("GET") || answer.status() != 200 || !fields.has("Range")) {
      return false;
    }
    String condition = fields.first("If-Range");
    return condition == null || isOfTheSame(condition, answer, now);
  }

  private static boolean isOfTheSame(String condition, Answer answer, Instant now) {
    Instant date = HttpDate.parse(condition, now);
    if (date != null) {
      return date.equals(strongDate(answer, now));
    }
    EntityTag tag = EntityTag.parse(condition);
    EntityTag own = EntityTag.parse(answer.headers().first("ETag"));
    return tag != null && own != null && tag.stronglyEquals(own);
  }

  /** A date stands for the same bytes if a whole second had passed since (section 8.8.2.2). */
  private static @Nullable Instant strongDate(Answer answer, Instant now) {
    Instant modified = HttpDate.parse(answer.headers().first("Last-Modified"), now);
    Instant sent = HttpDate.parse(answer.headers().first("Date"), now);
    boolean strong =
        modified != null
            && sent != null
            && Duration.between(modified, sent).compareTo(Duration.ofSeconds(1)) >= 0;
    return strong ? modified : null;
  }

  /** Returns a date that stands there once and can be read; any other is ignored. */
  private static @Nullable Instant date(Fields fields, String name, Instant now) {
    String first = fields.first(name);
    return first != null && fields.all(name).size() == 1 ? HttpDate.parse(first, now) : null;
  }
}
