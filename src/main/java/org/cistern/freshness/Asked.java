package org.cistern.freshness;

import java.time.Instant;
import org.cistern.http.Fields;
import org.cistern.http.Request;
import org.cistern.http.RequestDirectives;
import org.cistern.rule.Rule;
import org.jspecify.annotations.Nullable;

/**
 * A request with what is known of it before any tier is asked.
 *
 * @param request the client's request
 * @param directives its cache directives
 * @param rule the rule that speaks of it, or null
 * @param owner the hash of the user who asks, or null where the request names none
 * @param ownerUntil when what proves the user's identity runs out, or null where it does not
 */
public record Asked(
    Request request,
    RequestDirectives directives,
    @Nullable Rule rule,
    @Nullable String owner,
    @Nullable Instant ownerUntil) {

  /** Makes one, reading the directives. */
  public static Asked of(Request request, @Nullable Rule rule, @Nullable String owner) {
    return new Asked(request, RequestDirectives.of(request.fields()), rule, owner, null);
  }

  Fields fields() {
    return request.fields();
  }

  boolean isGet() {
    return request.method().equals("GET");
  }

  boolean isHead() {
    return request.method().equals("HEAD");
  }
}
