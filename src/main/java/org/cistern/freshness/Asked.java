package org.cistern.freshness;

import java.time.Instant;
import java.util.Set;
import org.cistern.http.Fields;
import org.cistern.http.directive.RequestDirectives;
import org.cistern.http.uri.Request;
import org.cistern.rule.Rule;
import org.cistern.rule.Rule.IdentitySource;
import org.jspecify.annotations.Nullable;

/**
 * A request with what is known of it before any tier is asked.
 *
 * @param request the client's request
 * @param directives its cache directives
 * @param rule the rule that speaks of it, or null
 * @param owner the hash of the user who asks, or null where the request names none
 * @param ownerUntil when what proves the user's identity runs out, or null where it does not
 * @param named what of the request the owner's hash was made of
 */
public record Asked(
    Request request,
    RequestDirectives directives,
    @Nullable Rule rule,
    @Nullable String owner,
    @Nullable Instant ownerUntil,
    Set<IdentitySource> named) {

  /** Makes one of nobody's request, reading the directives. */
  public static Asked of(Request request, @Nullable Rule rule) {
    return ofNobody(request, RequestDirectives.of(request.fields()), rule);
  }

  /** Makes one of nobody's request. */
  public static Asked ofNobody(Request request, RequestDirectives directives, @Nullable Rule rule) {
    return new Asked(request, directives, rule, null, null, Set.of());
  }

  /** Returns the same with another request in place of the client's. */
  public Asked with(Request other) {
    return new Asked(other, directives, rule, owner, ownerUntil, named);
  }

  /**
   * Tells whether it asks for what a rule lets a cache answer: it changes nothing at the origin.
   */
  public boolean isRead() {
    return isGet() || isHead() || isReadByBody();
  }

  /** Tells whether the rule has it that the request only reads, and says in its body what. */
  public boolean isReadByBody() {
    return rule != null && rule.readsByBody(request.method());
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
