package org.cistern.freshness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.cistern.rule.KeyStrategy;
import org.cistern.rule.Rule;
import org.cistern.rule.Rule.IdentitySource;
import org.cistern.rule.Rule.IdentitySource.Kind;
import org.cistern.rule.Rule.IgnoredCookies;
import org.cistern.rule.Rule.KeyShape;
import org.cistern.rule.Rule.QueryMode;
import org.cistern.rule.Rule.QueryShape;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("MUST: what names the user accounts for every credential (RFC 9111 section 3.5)")
class UsersTest {

  private static final List<IdentitySource> ALL =
      List.of(
          source("certificate"),
          source("claim:sub"),
          source("header:X-User"),
          source("header:Authorization"),
          source("header:X-API-Key"),
          source("cookie:sid"),
          source("param:q"));

  private static IdentitySource source(String text) {
    String[] parts = text.split(":", 2);
    Kind kind = Kind.valueOf(parts[0].toUpperCase(Locale.ROOT));
    return new IdentitySource(kind, parts.length == 1 ? "" : parts[1]);
  }

  private static Rule rule(KeyStrategy strategy, boolean perUser, List<String> headers) {
    return Fixture.rule(
        new KeyShape(
            strategy,
            perUser,
            new QueryShape(QueryMode.ALL, Set.of()),
            List.of(),
            false,
            headers,
            List.of(),
            ALL,
            new IgnoredCookies(false, List.of())),
        life -> life,
        keep -> keep);
  }

  private static Reason reason(Rule rule, String named, @Nullable String lines, String directives) {
    String[] fields = lines == null ? new String[0] : lines.split(": |\\+");
    Asked asked = Fixture.asked("GET", rule, "owner", Set.of(source(named)), fields);
    return Storing.decide(asked, Fixture.ok("Cache-Control", directives)).reason();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "certificate          |                                    | STORED",
        "certificate          | Authorization: Bearer a            | AUTHORIZATION",
        "certificate          | X-API-Key: a                       | IDENTIFIED",
        "certificate          | Cookie: sid=a                      | UNKNOWN_COOKIE",
        "claim:sub            | Authorization: Bearer a            | STORED",
        "claim:sub            | Authorization: a+Authorization: b  | AUTHORIZATION",
        "claim:sub            | Authorization: a+X-API-Key: b      | IDENTIFIED",
        "claim:sub            | Authorization: a+Cookie: sid=b     | UNKNOWN_COOKIE",
        "header:X-User        | X-User: a                          | STORED",
        "header:X-User        | X-User: a+Authorization: b         | AUTHORIZATION",
        "header:authorization | Authorization: a                   | STORED",
        "header:Authorization | Authorization: a+X-API-Key: b      | IDENTIFIED",
        "header:x-api-key     | X-API-Key: a                       | STORED",
        "header:X-API-Key     | X-API-Key: a+Authorization: b      | AUTHORIZATION",
        "cookie:sid           | Cookie: sid=a                      | STORED",
        "cookie:sid           | Cookie: sid=a; other=b             | UNKNOWN_COOKIE",
        "cookie:sid           | Cookie: sid=a+Authorization: b     | AUTHORIZATION",
        "param:q              | Authorization: a                   | AUTHORIZATION",
        "param:q              | Cookie: sid=a                      | UNKNOWN_COOKIE",
      })
  @DisplayName("3.5: not keep for one user what the origin may have answered to another")
  void everyCredentialCounts(String named, @Nullable String lines, Reason expected) {
    Rule perUser = rule(KeyStrategy.PATH_PARAMS, true, List.of());
    assertThat(reason(perUser, named, lines, "max-age=60")).isEqualTo(expected);
  }

  @Test
  @DisplayName("3.5: take a parameter for a credential unless the whole query is in the key")
  void parametersCount() {
    Rule withoutQuery = rule(KeyStrategy.PATH, true, List.of());
    assertThat(reason(withoutQuery, "certificate", null, "max-age=60"))
        .isEqualTo(Reason.IDENTIFIED);
    assertThat(reason(withoutQuery, "param:q", null, "max-age=60")).isEqualTo(Reason.STORED);
  }

  @Test
  @DisplayName("3.5: keep what the key tells apart, and nothing else even if it is public")
  void whatIsToldApartMayBeKept() {
    Rule keyed = rule(KeyStrategy.PATH_PARAMS, true, List.of("x-api-key"));
    assertThat(reason(keyed, "certificate", "X-API-Key: a", "max-age=60")).isEqualTo(Reason.STORED);
    Rule perUser = rule(KeyStrategy.PATH_PARAMS, true, List.of());
    assertThat(reason(perUser, "certificate", "Authorization: a", "public, max-age=60"))
        .isEqualTo(Reason.AUTHORIZATION);
  }

  @ParameterizedTest
  @CsvSource({"Authorization,AUTHORIZATION", "X-API-Key,IDENTIFIED", "X-User,IDENTIFIED"})
  @DisplayName("DESIGN: count the usual credentials on a shared rule besides those it names")
  void aSharedRuleCountsAll(String name, Reason expected) {
    Rule shared = rule(KeyStrategy.PATH, false, List.of());
    Asked asked = Fixture.get(shared, name, "a");
    assertThat(Storing.decide(asked, Fixture.ok("Cache-Control", "max-age=60")).reason())
        .isEqualTo(expected);
  }
}
