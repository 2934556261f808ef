package org.cistern.freshness;

import java.util.HashSet;
import java.util.Set;
import org.cistern.http.Fields;
import org.cistern.http.directive.Members;
import org.cistern.rule.Rule.IdentitySource;
import org.cistern.rule.Rule.IdentitySource.Kind;
import org.cistern.rule.Rule.KeyShape;
import org.cistern.rule.SetCookie;
import org.cistern.rule.match.Wildcard;
import org.jspecify.annotations.Nullable;

/** What cookies, coming and going, mean for storing. */
final class Cookies {

  private Cookies() {}

  static @Nullable Reason check(Candidate candidate) {
    if (setsCookie(candidate) && candidate.rule().keep().setCookie() == SetCookie.SKIP) {
      return Reason.SET_COOKIE;
    }
    boolean perUser = candidate.rule().key().perUser();
    return perUser && someUnknown(candidate) ? Reason.UNKNOWN_COOKIE : null;
  }

  private static boolean setsCookie(Candidate candidate) {
    Fields headers = candidate.response().headers();
    return headers.has("Set-Cookie") || headers.has("Set-Cookie2");
  }

  /** Tells whether the request has a cookie that might name a user the rule knows nothing of. */
  static boolean someUnknown(Candidate candidate) {
    return !candidate.vary().contains("cookie")
        && someUnknown(candidate.asked(), candidate.rule().key());
  }

  /** As above, before any response has come. */
  static boolean someUnknown(Asked asked, KeyShape key) {
    Set<IdentitySource> named = asked.named();
    return names(asked.fields()).stream()
        .anyMatch(name -> !isKnown(name, key) && !named.contains(cookie(name)));
  }

  /** Returns the names of the request's cookies; a piece without a name counts as a name. */
  static Set<String> names(Fields request) {
    Set<String> names = new HashSet<>();
    for (String line : request.all("Cookie")) {
      for (String pair : Members.of(line, ";")) {
        int equals = pair.indexOf('=');
        names.add((equals < 0 ? pair : pair.substring(0, equals)).strip());
      }
    }
    names.remove("");
    return names;
  }

  private static boolean isKnown(String name, KeyShape key) {
    return key.ignoredCookies().all()
        || key.ignoredCookies().names().stream()
            .anyMatch(pattern -> new Wildcard(pattern).matches(name))
        || key.varyCookies().contains(name)
        || key.parts().contains("cookie:" + name);
  }

  private static IdentitySource cookie(String name) {
    return new IdentitySource(Kind.COOKIE, name);
  }
}
