package org.cistern.flight;

import java.time.Duration;
import java.util.Set;
import org.cistern.http.uri.Target;
import org.cistern.rule.Key;
import org.jspecify.annotations.Nullable;

/**
 * What a flight has to know of a request.
 *
 * @param key the primary cache key; requests of one key share a flight
 * @param target what is asked for; barriers of the purge log are tested against it
 * @param rule the id of the rule
 * @param owner the user's hash where the answer would belong to one user, or null
 * @param tags the tags known before the answer is
 * @param timeout how long the request waits for a response head; longer than the upstream's own
 *     time-out where the pilot has a second resort after it (another upstream, a stale answer)
 * @param maxAge how long ago the head may have come when the request does, or null for however
 *     long; zero where none may have: it joins a flight whose head is still to come
 */
public record Ticket(
    Key key,
    Target target,
    String rule,
    @Nullable String owner,
    Set<String> tags,
    Duration timeout,
    @Nullable Duration maxAge) {

  public Ticket {
    tags = Set.copyOf(tags);
  }
}
