package org.cistern.rule;

import java.util.List;
import org.cistern.http.Fields;

/** What the cookies of a request mean to a rule. */
public enum CookieVerdict {
  /** There are none. */
  NONE,
  /** The rule ignores them all. */
  IGNORED,
  /** The rule uses them, in its key or for its identity, or ignores them. */
  USED,
  /** At least one is neither used nor ignored: it may stand for a user that nobody knows. */
  UNKNOWN;

  /** Returns what the cookies of a request mean to a rule. */
  public static CookieVerdict of(Rule rule, Fields request) {
    List<CookiePart> cookies = CookiePart.all(request);
    CookieVerdict verdict = cookies.isEmpty() ? NONE : IGNORED;
    for (CookiePart cookie : cookies) {
      if (uses(rule, cookie.name())) {
        verdict = USED;
      } else if (!ignores(rule.key().ignoredCookies(), cookie.name())) {
        return UNKNOWN;
      }
    }
    return verdict;
  }

  private static boolean uses(Rule rule, String cookie) {
    for (KeyPart part : rule.plan().parts()) {
      if (part.holdsCookie(cookie)) {
        return true;
      }
    }
    return rule.key().perUser() && identifies(rule, cookie);
  }

  private static boolean identifies(Rule rule, String cookie) {
    return rule.key().identity().stream()
        .anyMatch(
            source ->
                source.kind() == Rule.IdentitySource.Kind.COOKIE && source.name().equals(cookie));
  }

  private static boolean ignores(Rule.IgnoredCookies ignored, String cookie) {
    if (ignored.all()) {
      return true;
    }
    for (String name : ignored.names()) {
      if (!cookie.isEmpty() && new Wildcard(name).matches(cookie)) {
        return true;
      }
    }
    return false;
  }
}
