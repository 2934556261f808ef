package org.cistern.freshness;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import org.cistern.answer.Answer;
import org.cistern.answer.Position;
import org.cistern.http.Fields;
import org.cistern.http.Headers;
import org.cistern.http.directive.DeltaSeconds;
import org.cistern.http.uri.Request;
import org.cistern.http.uri.Target;
import org.cistern.rule.Rule;

/**
 * Validation of a stored answer: the condition that goes up (RFC 9111 section 4.3.1), and what the
 * response makes of the answer (sections 4.3.4 and 4.3.5).
 */
public final class Revalidation {

  private static final Set<String> CONDITIONS =
      Set.of(
          "if-match",
          "if-none-match",
          "if-modified-since",
          "if-unmodified-since",
          "if-range",
          "range");

  private Revalidation() {}

  /**
   * Returns a request's fields with the stored answer's validators in place of the client's own
   * conditions. The validators go up exactly as they came, well-formed or not.
   */
  public static Headers conditional(Fields request, Answer stored) {
    Headers.Builder fields = unconditional(request).toBuilder();
    String tag = stored.headers().first("ETag");
    if (tag != null) {
      fields.add("If-None-Match", tag);
    }
    String modified = stored.headers().first("Last-Modified");
    if (modified != null) {
      fields.add("If-Modified-Since", modified);
    }
    return fields.build();
  }

  /** Tells whether a request has neither conditions nor a range, so that its answer comes whole. */
  public static boolean isUnconditional(Fields request) {
    return CONDITIONS.stream().noneMatch(request::has);
  }

  /** Returns a request's fields without conditions and ranges, so that the answer comes whole. */
  public static Headers unconditional(Fields request) {
    Headers.Builder fields = Headers.copyOf(request).toBuilder();
    return fields
        .removeIf((name, value) -> CONDITIONS.contains(name.toLowerCase(Locale.ROOT)))
        .build();
  }

  /**
   * Updates a stored answer with the 304 that answered {@link #conditional}.
   *
   * @param position the place in the purge log at which the validation began
   */
  public static Renewal freshen(
      Asked asked, Answer stored, Received notModified, Position position) {
    return Validators.identify(stored.headers(), notModified.headers())
        ? renew(asked, stored, notModified, position)
        : new Renewal(Renewal.Outcome.MISMATCH, null, Reason.MISMATCH);
  }

  /**
   * Updates a stored answer with the response to a HEAD. A response other than 200 says nothing of
   * it.
   *
   * @param position the place in the purge log at which the HEAD began
   */
  public static Renewal afterHead(Asked asked, Answer stored, Received head, Position position) {
    if (head.status() != 200 || stored.status() != 200) {
      return new Renewal(Renewal.Outcome.PASS, stored, Reason.STATUS);
    }
    boolean same =
        Validators.identify(stored.headers(), head.headers()) && sameLength(stored, head);
    return same
        ? renew(asked, stored, head, position)
        : new Renewal(Renewal.Outcome.MISMATCH, null, Reason.MISMATCH);
  }

  private static boolean sameLength(Answer stored, Received head) {
    String length = head.headers().first("Content-Length");
    return length == null || DeltaSeconds.parse(length.strip()) == stored.body().size();
  }

  private static Renewal renew(Asked asked, Answer stored, Received news, Position position) {
    Rule rule = asked.rule();
    if (rule == null) {
      return new Renewal(Renewal.Outcome.PASS, stored, Reason.RULE_NONE);
    }
    Received whole = updated(stored, news, rule);
    Asked asStored = asIf(asked, stored);
    Storing.Decision decision = Storing.decide(asStored, whole);
    Storing.Keep keep = decision.keep();
    Answer draft = keep != null ? keep.draft() : Drafts.of(Candidate.of(asStored, rule, whole));
    Renewal.Outcome outcome = keep != null ? Renewal.Outcome.KEEP : Renewal.Outcome.PASS;
    Answer answer = Drafts.complete(withTags(draft, stored), stored.body(), position);
    return new Renewal(outcome, answer, decision.reason());
  }

  private static Received updated(Answer stored, Received news, Rule rule) {
    return new Received(
        stored.status(),
        Update.of(stored.headers(), news.headers(), rule),
        stored.body().size(),
        false,
        news.maimed(),
        news.codedHere(),
        news.askedUnder(),
        news.requestTime(),
        news.responseTime());
  }

  /** Tags that were read from the content are known to the stored answer alone. */
  private static Answer withTags(Answer draft, Answer stored) {
    Set<String> tags = new LinkedHashSet<>(draft.tags());
    tags.addAll(stored.tags());
    return Drafts.tagged(draft, tags);
  }

  private static Asked asIf(Asked asked, Answer stored) {
    Request request = new As(stored.method(), asked.request().target(), asked.fields());
    return asked.with(request);
  }

  private record As(String method, Target target, Fields fields) implements Request {}
}
