package org.cistern.answer;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.cistern.http.Headers;
import org.cistern.http.uri.Target;
import org.jspecify.annotations.Nullable;

/**
 * One final response as it is kept: what came, when, for which request, under which rule.
 *
 * @param target what was asked for; barriers of the purge log are tested against it
 * @param method the method of the request that fetched it
 * @param status the final status code
 * @param headers the response's fields as received, hop-by-hop fields taken off
 * @param body the body as received
 * @param requestTime when the request that fetched it was sent
 * @param responseTime when its head was received
 * @param varied the request fields that select it among its variants, normalised: a line per name
 *     in {@code Vary} that the request had
 * @param vary the names in {@code Vary}, lower case and sorted; the rule's own ones included
 * @param tags the tags it can be purged by
 * @param rule the id of the rule that stored it
 * @param owner the hash of the only user it may be shown to, or null where it is shared
 * @param expires when no tier may keep it any longer, stale windows included
 * @param position what was seen of the purge log when its fetch began
 */
public record Answer(
    Target target,
    String method,
    int status,
    Headers headers,
    Body body,
    Instant requestTime,
    Instant responseTime,
    Headers varied,
    List<String> vary,
    Set<String> tags,
    String rule,
    @Nullable String owner,
    Instant expires,
    Position position) {

  public Answer {
    vary = List.copyOf(vary);
    tags = Set.copyOf(tags);
  }

  /** Returns the same answer with other fields, another body and another place in the purge log. */
  public Answer with(Headers otherHeaders, Body otherBody, Position otherPosition) {
    return new Answer(
        target,
        method,
        status,
        otherHeaders,
        otherBody,
        requestTime,
        responseTime,
        varied,
        vary,
        tags,
        rule,
        owner,
        expires,
        otherPosition);
  }

  /**
   * Returns what takes its place among its variants where it is not to be found any more.
   *
   * @param asked when the request was sent whose response ends its life
   * @param came when the head of that response was received
   * @param seen what was seen of the purge log when that request was sent
   */
  public Answer dead(Instant asked, Instant came, Position seen) {
    return new Answer(
        target,
        method,
        status,
        Headers.empty(),
        Body.empty(),
        asked,
        came,
        varied,
        vary,
        Set.of(),
        rule,
        owner,
        Instant.EPOCH,
        seen);
  }

  /** Tells whether it only says that what was in its place is not to be found any more. */
  public boolean isDead() {
    return expires.equals(Instant.EPOCH);
  }
}
