package org.cistern.freshness;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.cistern.answer.Answer;
import org.cistern.answer.Body;
import org.cistern.answer.Position;
import org.cistern.answer.Variants;
import org.cistern.http.Headers;
import org.cistern.http.HopByHop;
import org.cistern.http.HttpDate;
import org.cistern.rule.Rule;
import org.cistern.rule.SetCookie;
import org.jspecify.annotations.Nullable;

/** Makes the answer of a response that is to be stored, the body not known yet. */
final class Drafts {

  private static final Instant LATE = Instant.ofEpochSecond(1L << 36);
  private static final Position NOWHERE = new Position(0, 0);

  private Drafts() {}

  static Answer of(Candidate candidate) {
    Received response = candidate.response();
    Asked asked = candidate.asked();
    Rule rule = candidate.rule();
    String method = method(candidate);
    return new Answer(
        asked.request().target(),
        method == null ? asked.request().method() : method,
        response.status(),
        headers(candidate),
        Body.empty(),
        response.requestTime(),
        response.responseTime(),
        Variants.varied(asked.fields(), candidate.vary()),
        candidate.vary(),
        Tags.of(asked.request().target(), response.headers(), rule),
        rule.id(),
        rule.key().perUser() ? asked.owner() : null,
        LATE,
        NOWHERE);
  }

  /** Returns the method whose requests the answer will satisfy, or null where there is none. */
  static @Nullable String method(Candidate candidate) {
    Asked asked = candidate.asked();
    if (asked.isGet() || asked.isReadByBody()) {
      return asked.request().method();
    }
    boolean post = asked.request().method().equals("POST");
    return post && Storing.standsForItsTarget(candidate) ? "GET" : null;
  }

  /** Returns the fields to store: those of this hop and those withheld are not among them. */
  private static Headers headers(Candidate candidate) {
    Headers all = HopByHop.strip(candidate.response().headers());
    Set<String> dropped = new HashSet<>(candidate.said().withheld());
    if (candidate.rule().keep().setCookie() == SetCookie.STRIP) {
      dropped.addAll(List.of("set-cookie", "set-cookie2"));
    }
    Headers.Builder kept = all.toBuilder();
    kept.removeIf((name, value) -> dropped.contains(name.toLowerCase(Locale.ROOT)));
    if (!all.has("Date")) {
      kept.add("Date", HttpDate.format(candidate.response().responseTime()));
    }
    return kept.build();
  }

  static Answer until(Answer draft, Instant expires) {
    return with(draft, draft.body(), draft.tags(), expires, draft.position());
  }

  static Answer tagged(Answer draft, Set<String> tags) {
    return with(draft, draft.body(), tags, draft.expires(), draft.position());
  }

  static Answer complete(Answer draft, Body body, Position position) {
    return with(draft, body, draft.tags(), draft.expires(), position);
  }

  private static Answer with(
      Answer draft, Body body, Set<String> tags, Instant expires, Position position) {
    return new Answer(
        draft.target(),
        draft.method(),
        draft.status(),
        draft.headers(),
        body,
        draft.requestTime(),
        draft.responseTime(),
        draft.varied(),
        draft.vary(),
        tags,
        draft.rule(),
        draft.owner(),
        expires,
        position);
  }
}
