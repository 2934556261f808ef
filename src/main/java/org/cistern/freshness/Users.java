package org.cistern.freshness;

import java.util.Set;
import org.cistern.http.Fields;
import org.cistern.http.uri.Query;
import org.cistern.rule.Rule;
import org.cistern.rule.Rule.IdentitySource;
import org.cistern.rule.Rule.IdentitySource.Kind;
import org.cistern.rule.Rule.KeyShape;
import org.jspecify.annotations.Nullable;

/** Keeps the answer to one user from another (RFC 9111 section 3.5, and the rule's identity). */
final class Users {

  private static final String AUTHORIZATION = "Authorization";
  private static final String API_KEY = "X-API-Key";

  private Users() {}

  static @Nullable Reason check(Candidate candidate) {
    return candidate.rule().key().perUser() ? perUser(candidate) : shared(candidate);
  }

  /**
   * An answer per user needs a user, and every credential must be part of what the user is known
   * by: the origin may have answered to any of them. The rule was written to keep users apart, so
   * not even {@code public} makes up for that. Cookies are asked about elsewhere.
   */
  private static @Nullable Reason perUser(Candidate candidate) {
    if (candidate.asked().owner() == null) {
      return Reason.NO_IDENTITY;
    }
    if (isAuthorized(candidate.asked()) && !namesTheAuthorized(candidate.asked())) {
      return Reason.AUTHORIZATION;
    }
    return hasUnnamedKey(candidate) || hasUnnamedParameter(candidate) ? Reason.IDENTIFIED : null;
  }

  /** The rule's own sources count besides the usual ones, never instead of them. */
  private static @Nullable Reason shared(Candidate candidate) {
    if (candidate.mayBeSharedAmongUsers()) {
      return null;
    }
    if (isAuthorized(candidate.asked())) {
      return Reason.AUTHORIZATION;
    }
    return isIdentified(candidate.asked(), candidate.rule().key()) ? Reason.IDENTIFIED : null;
  }

  /**
   * Tells whether the origin may have answered to who asks, for all that a rule knows that shares
   * its answers.
   */
  static boolean isNamed(Asked asked, KeyShape key) {
    return isAuthorized(asked) || isIdentified(asked, key) || Cookies.someUnknown(asked, key);
  }

  private static boolean isIdentified(Asked asked, KeyShape key) {
    return asked.owner() != null
        || asked.fields().has(API_KEY)
        || key.identity().stream().anyMatch(each -> is(each, asked));
  }

  private static boolean isAuthorized(Asked asked) {
    return asked.fields().has(AUTHORIZATION);
  }

  /** A claim accounts for the one token that it was read from. */
  private static boolean namesTheAuthorized(Asked asked) {
    return namesHeader(asked, AUTHORIZATION)
        || (asked.named().stream().anyMatch(source -> source.kind() == Kind.CLAIM)
            && asked.fields().all(AUTHORIZATION).size() == 1);
  }

  private static boolean hasUnnamedKey(Candidate candidate) {
    Asked asked = candidate.asked();
    return asked.fields().has(API_KEY)
        && !namesHeader(asked, API_KEY)
        && !isKeyed(candidate.rule(), API_KEY);
  }

  private static boolean isKeyed(Rule rule, String header) {
    return rule.key().varyHeaders().stream().anyMatch(header::equalsIgnoreCase)
        || rule.key().parts().stream().anyMatch(("header:" + header)::equalsIgnoreCase);
  }

  /** A parameter that the rule takes for a credential, where something else named the user. */
  private static boolean hasUnnamedParameter(Candidate candidate) {
    return !candidate.rule().plan().holdsQuery()
        && candidate.rule().key().identity().stream()
            .filter(source -> source.kind() == Kind.PARAM)
            .anyMatch(
                each -> is(each, candidate.asked()) && !candidate.asked().named().contains(each));
  }

  private static boolean namesHeader(Asked asked, String name) {
    return asked.named().stream()
        .anyMatch(each -> each.kind() == Kind.HEADER && each.name().equalsIgnoreCase(name));
  }

  /** Tells whether the request has something of this source. */
  private static boolean is(IdentitySource source, Asked asked) {
    Fields fields = asked.fields();
    return switch (source.kind()) {
      case HEADER -> fields.has(source.name());
      case COOKIE -> Cookies.names(fields).contains(source.name());
      case PARAM -> hasParameter(asked.request().target().query(), source.name());
      case CLAIM -> isAuthorized(asked);
      // What the connection proved is not shown to the origin.
      case CERTIFICATE -> false;
    };
  }

  private static boolean hasParameter(@Nullable String query, String name) {
    return !Query.of(query).keep(Set.of(name)).parameters().isEmpty();
  }
}
