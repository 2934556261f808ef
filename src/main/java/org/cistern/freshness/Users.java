package org.cistern.freshness;

import java.util.List;
import org.cistern.http.Fields;
import org.cistern.http.Members;
import org.cistern.rule.Rule.IdentitySource;
import org.cistern.rule.Rule.IdentitySource.Kind;
import org.jspecify.annotations.Nullable;

/** Keeps the answer to one user from another (RFC 9111 section 3.5, and the rule's identity). */
final class Users {

  private Users() {}

  static @Nullable Reason check(Candidate candidate) {
    return candidate.rule().key().perUser() ? perUser(candidate) : shared(candidate);
  }

  /** An answer per user needs a user, and one who accounts for the credentials as well. */
  private static @Nullable Reason perUser(Candidate candidate) {
    if (candidate.asked().owner() == null) {
      return Reason.NO_IDENTITY;
    }
    boolean accounted = !isAuthorized(candidate) || namesTheAuthorized(candidate);
    return accounted || candidate.mayBeSharedAmongUsers() ? null : Reason.AUTHORIZATION;
  }

  private static @Nullable Reason shared(Candidate candidate) {
    if (candidate.mayBeSharedAmongUsers()) {
      return null;
    }
    if (isAuthorized(candidate)) {
      return Reason.AUTHORIZATION;
    }
    boolean named = candidate.asked().owner() != null || firstPresent(candidate) != null;
    return named ? Reason.IDENTIFIED : null;
  }

  private static boolean isAuthorized(Candidate candidate) {
    return candidate.asked().fields().has("Authorization");
  }

  /** The first source of identity that the request has is Authorization, or what it proves. */
  private static boolean namesTheAuthorized(Candidate candidate) {
    IdentitySource source = firstPresent(candidate);
    return source != null
        && (source.kind() == Kind.CLAIM || source.name().equalsIgnoreCase("Authorization"));
  }

  private static @Nullable IdentitySource firstPresent(Candidate candidate) {
    for (IdentitySource source : candidate.rule().key().identity()) {
      if (isPresent(source, candidate)) {
        return source;
      }
    }
    return null;
  }

  private static boolean isPresent(IdentitySource source, Candidate candidate) {
    Fields fields = candidate.asked().fields();
    return switch (source.kind()) {
      case HEADER -> fields.has(source.name());
      case COOKIE -> Cookies.names(fields).contains(source.name());
      case PARAM -> hasParameter(candidate.asked().request().target().query(), source.name());
      case CLAIM -> isAuthorized(candidate);
      case CERTIFICATE -> false;
    };
  }

  private static boolean hasParameter(@Nullable String query, String name) {
    List<String> pairs = query == null ? List.of() : Members.of(query, "&");
    return pairs.stream().anyMatch(pair -> pair.equals(name) || pair.startsWith(name + "="));
  }
}
