package org.cistern.rule;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.cistern.http.Fields;
import org.cistern.http.uri.Query;
import org.cistern.rule.IdentityResult.Basis;
import org.cistern.rule.Rule.IdentitySource;
import org.jspecify.annotations.Nullable;

/** Reads the sources of an identity from one request. */
final class IdentitySources {

  private static final String AUTHORIZATION = "authorization";
  private static final String BEARER = "bearer ";

  /** Headers whose value is a credential; any other only says who somebody is. */
  private static final Set<String> CREDENTIALS = Set.of(AUTHORIZATION, "x-api-key");

  private final Credentials credentials;
  private final TokenVerifier tokens;
  private final StringBuilder text = new StringBuilder();
  private final Set<IdentitySource> named = new HashSet<>();
  private @Nullable Instant expires;
  private Basis basis = Basis.ABSENT;
  private boolean doubtful;

  /** What was found: the text to hash, empty where there is nothing that counts. */
  record Evidence(String text, @Nullable Instant expires, Basis basis, Set<IdentitySource> named) {

    /** Tells whether it says whose request it is. */
    boolean names() {
      return !text.isEmpty() && basis != Basis.UNVERIFIED;
    }
  }

  IdentitySources(Credentials credentials, TokenVerifier tokens) {
    this.credentials = credentials;
    this.tokens = tokens;
  }

  Evidence read(List<IdentitySource> sources) {
    for (IdentitySource source : sources) {
      read(source);
      if (basis == Basis.VERIFIED) {
        break;
      }
    }
    return new Evidence(
        text.toString(), expires, doubtful ? Basis.UNVERIFIED : basis, Set.copyOf(named));
  }

  private void read(IdentitySource source) {
    switch (source.kind()) {
      case HEADER -> header(source);
      case COOKIE -> take(source, CookiePart.values(fields(), source.name()), Basis.CREDENTIAL);
      case PARAM -> param(source);
      case CERTIFICATE -> take(source, listOf(credentials.certificate()), Basis.VERIFIED);
      case CLAIM -> claim(source);
    }
  }

  private void header(IdentitySource source) {
    List<String> lines = fields().all(source.name());
    if (!needsTrustedProxy(source)) {
      take(source, lines, Basis.CREDENTIAL);
      lines.forEach(this::endWithToken);
    } else if (credentials.fromTrustedProxy()) {
      take(source, lines, Basis.VERIFIED);
    } else {
      doubtful |= !lines.isEmpty();
    }
  }

  /** Tells whether the source is a header that anybody could set. */
  static boolean needsTrustedProxy(IdentitySource source) {
    return source.kind() == IdentitySource.Kind.HEADER
        && !CREDENTIALS.contains(source.name().toLowerCase(Locale.ROOT));
  }

  /** Whoever brings it in a spelling that origins read differently is nobody. */
  private void param(IdentitySource source) {
    Query query = Query.of(credentials.request().target().query());
    List<Query.Parameter> plain = query.all(source.name());
    doubtful |= query.keep(Set.of(source.name())).parameters().size() > plain.size();
    plain.forEach(each -> take(source, listOf(each.value()), Basis.CREDENTIAL));
  }

  private void claim(IdentitySource source) {
    String token = bearer(fields().first(AUTHORIZATION));
    if (token == null) {
      return;
    }
    VerifiedToken verified = tokens.verify(token);
    String value = verified == null ? null : verified.claims().get(source.name());
    if (verified != null && value != null) {
      take(source, List.of(value), Basis.VERIFIED);
      endAt(verified.expires());
    }
    refuse(value == null);
  }

  private void take(IdentitySource source, List<String> values, Basis because) {
    for (String value : values) {
      if (!value.isBlank()) {
        text.append(text(source, value));
        named.add(source);
        basis = because;
      }
    }
  }

  private void refuse(boolean there) {
    if (there && basis == Basis.ABSENT) {
      basis = Basis.UNVERIFIED;
    }
  }

  /** The text of one source's value, as it is hashed. */
  static String text(IdentitySource source, String value) {
    boolean header = source.kind() == IdentitySource.Kind.HEADER;
    StringBuilder out = new StringBuilder();
    KeyText.put(out, source.kind().name());
    KeyText.put(out, header ? source.name().toLowerCase(Locale.ROOT) : source.name());
    KeyText.put(out, value);
    return out.toString();
  }

  private void endWithToken(String authorization) {
    String token = bearer(authorization);
    if (token != null) {
      endAt(TokenExpiry.of(token));
    }
  }

  private void endAt(@Nullable Instant end) {
    if (end != null && (expires == null || end.isBefore(expires))) {
      expires = end;
    }
  }

  private static @Nullable String bearer(@Nullable String authorization) {
    return authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
        ? authorization.substring(BEARER.length()).strip()
        : null;
  }

  private static List<String> listOf(@Nullable String value) {
    return value == null ? List.of() : List.of(value);
  }

  private Fields fields() {
    return credentials.request().fields();
  }
}
