package org.cistern.rule;

import java.util.ArrayList;
import java.util.List;
import org.cistern.http.Fields;
import org.cistern.http.uri.Request;
import org.cistern.http.uri.Target;
import org.cistern.http.uri.UrlVariation;
import org.jspecify.annotations.Nullable;

/**
 * Makes cache keys. A key is the fingerprint of the rule's plan, then scheme, host and method, then
 * the parts of the plan, each behind its length. The rule's id is not in it: where another rule
 * that keys alike takes over a URL, its entries are still found. Safe for several threads.
 */
public final class Keys {

  private static final int ROOM_FOR_LENGTHS = 24;
  private static final int ROOM_FOR_A_PART = 48;
  private static final int USUAL_PARTS = 2;

  private final HostAliases hosts;
  private final UrlVariations variations = new UrlVariations();

  /** Makes a maker of keys that takes the hosts of a group for one. */
  public Keys(HostAliases hosts) {
    this.hosts = hosts;
  }

  /**
   * Returns the key of a request's answers under a rule. GET and HEAD share theirs. Where the rule
   * wants a user or a body and there is none, the key is one that nothing is stored under.
   *
   * @param user the user's hash; used by rules that keep entries per user, ignored by others
   * @param body a digest of the request's body; used by rules with {@code body: true}
   */
  public Key key(Rule rule, Request request, @Nullable String user, byte @Nullable [] body) {
    return make(rule, request, user, body, null);
  }

  /**
   * Returns the key of the answers to GET that say this of queries, which all requests share whose
   * queries are equivalent by it; another one than any that is made without such a word.
   *
   * @param said what {@link #variation} returned
   */
  public Key sharedKey(Rule rule, Request request, @Nullable String user, UrlVariation said) {
    return make(rule, request, user, null, said);
  }

  private Key make(
      Rule rule,
      Request request,
      @Nullable String user,
      byte @Nullable [] body,
      @Nullable UrlVariation said) {
    Target target = request.target();
    KeyPlan plan = rule.plan();
    String host = hosts.nameOf(target.host());
    StringBuilder out = new StringBuilder(room(plan, target, host));
    out.append(plan.fingerprint());
    KeyText.put(out, target.scheme());
    KeyText.put(out, host);
    KeyText.put(out, request.method().equals("HEAD") ? "GET" : request.method());
    List<KeyPart> parts = plan.parts();
    for (int i = 0; i < parts.size(); i++) {
      KeyPart part = parts.get(i);
      if (said != null && part instanceof KeyPart.QueryText query) {
        query.write(out, request, said);
      } else {
        part.write(out, request, user, body);
      }
    }
    return new Key(out.toString());
  }

  /**
   * Returns what the answers of a target's path have last said of its queries, or null where they
   * have said nothing, or the rule does not heed it.
   */
  public @Nullable UrlVariation variation(Rule rule, Target target) {
    return variations.isEmpty() || !rule.plan().heedsVariation()
        ? null
        : variations.of(pathOf(target));
  }

  /**
   * Returns the key under which an answer is to be kept: the one that its own {@code
   * No-Vary-Search} shapes, which is noted for the next requests of its path. So what is found
   * under a key of several queries says itself that it answers them all.
   *
   * @param request what the answer satisfies
   * @param user as for {@link #key}
   * @param fetched the key of the request that brought it
   */
  public Key keptUnder(
      Rule rule, Request request, @Nullable String user, Key fetched, Fields answer) {
    if (!rule.plan().heedsVariation() || !request.method().equals("GET")) {
      return fetched;
    }
    UrlVariation own = UrlVariation.of(answer);
    if (own != null) {
      variations.learn(pathOf(request.target()), own);
    }
    return variations.isEmpty() ? fetched : make(rule, request, user, null, own);
  }

  private Target pathOf(Target target) {
    return new Target(target.scheme(), hosts.nameOf(target.host()), target.path(), null);
  }

  /** Returns the target, and the same at the other hosts that share its answers. */
  public List<Target> sharing(Target target) {
    List<Target> all = new ArrayList<>(List.of(target));
    for (String host : hosts.othersOf(target.host())) {
      all.add(new Target(target.scheme(), host, target.path(), target.query()));
    }
    return all;
  }

  private static int room(KeyPlan plan, Target target, String host) {
    String query = target.query();
    return plan.fingerprint().length()
        + host.length()
        + target.path().length()
        + (query == null ? 0 : query.length())
        + ROOM_FOR_LENGTHS
        + Math.max(0, plan.parts().size() - USUAL_PARTS) * ROOM_FOR_A_PART;
  }
}
