package org.cistern.rule;

import java.util.ArrayList;
import java.util.List;
import org.cistern.http.Request;
import org.cistern.http.Target;
import org.jspecify.annotations.Nullable;

/**
 * Makes cache keys. A key is the fingerprint of the rule's plan, then scheme, host and method, then
 * the parts of the plan, each behind its length. The rule's id is not in it: where another rule
 * that keys alike takes over a URL, its entries are still found.
 */
public final class Keys {

  private static final int ROOM_FOR_LENGTHS = 24;
  private static final int ROOM_FOR_A_PART = 48;
  private static final int USUAL_PARTS = 2;

  private final HostAliases hosts;

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
      parts.get(i).write(out, request, user, body);
    }
    return new Key(out.toString());
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
