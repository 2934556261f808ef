package org.cistern.freshness;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.cistern.answer.Answer;
import org.cistern.answer.Variants;
import org.cistern.http.Headers;
import org.cistern.rule.Rule;
import org.cistern.rule.SetCookie;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Two users, one URL: neither sees the other's answer")
class TwoUsersTest {

  private static final List<String> NO = List.of();

  /** Which lines tell the users apart, where {@code ?} is the user. */
  private static final List<List<String>> CREDENTIALS =
      List.of(
          NO,
          List.of("Authorization", "Bearer ?"),
          List.of("X-API-Key", "?"),
          List.of("Cookie", "sid=?"),
          List.of("Authorization", "Bearer ?", "Cookie", "sid=?"));

  private static final List<String> DIRECTIVES =
      List.of("max-age=60", "public, max-age=60", "s-maxage=60", "private, max-age=60", "x");

  private static final List<List<String>> EXTRAS =
      List.of(
          NO,
          List.of("Vary", "Authorization"),
          List.of("Vary", "Cookie, X-API-Key"),
          List.of("Set-Cookie", "sid=new"));

  private int served;

  @Test
  @DisplayName("in every combination of credentials, directives, Vary, Set-Cookie and rule")
  void everyCombination() {
    for (List<String> credentials : CREDENTIALS) {
      for (String directives : DIRECTIVES) {
        for (List<String> extra : EXTRAS) {
          for (Rule rule : rules()) {
            check(credentials, directives, extra, rule);
          }
        }
      }
    }
    assertThat(served).as("some combinations do share").isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Forwarded-For", "forwarded", "Accept, x-forwarded-host"})
  @DisplayName("where the origin tells them apart by what the gateway says of them")
  void ourOwnWordAboutTheClientSelectsNothing(String vary) {
    Received response = Fixture.ok("Cache-Control", "max-age=60", "Vary", vary);
    assertThat(Storing.decide(asked("anna", NO, Fixture.FOLLOW), response).reason())
        .isEqualTo(Reason.VARY_STAR);
  }

  @Test
  @DisplayName("and the scheme, which every key has, keeps nothing from being stored")
  void theSchemeMaySelect() {
    Received response = Fixture.ok("Cache-Control", "max-age=60", "Vary", "X-Forwarded-Proto");
    assertThat(Storing.decide(asked("anna", NO, Fixture.FOLLOW), response).keep()).isNotNull();
  }

  private void check(List<String> credentials, String directives, List<String> extra, Rule rule) {
    List<String> lines = new ArrayList<>(extra);
    lines.add("Cache-Control");
    lines.add(directives);
    Received response = Fixture.ok(lines.toArray(new String[0]));
    Storing.Keep keep = Storing.decide(asked("anna", credentials, rule), response).keep();
    if (keep != null && isServed(keep.draft(), asked("bert", credentials, rule), rule)) {
      served++;
      assertThat(mayShare(credentials, directives, rule))
          .as("%s %s %s %s", credentials, directives, extra, rule)
          .isTrue();
    }
  }

  private static boolean isServed(Answer annas, Asked bert, Rule rule) {
    return Variants.matches(annas, bert.fields())
        && Freshness.judge(bert, Facts.of(annas, rule), Standing.GOOD, Fixture.NOW).serves();
  }

  /** What DESIGN and RFC 9111 section 3.5 allow, said a second time and another way. */
  private static boolean mayShare(List<String> credentials, String directives, Rule rule) {
    if (directives.startsWith("private")) {
      return false;
    }
    if (credentials.isEmpty()) {
      return !rule.key().perUser();
    }
    if (rule.key().perUser()) {
      return false;
    }
    boolean allowed =
        rule.keep().sharedDespiteAuthorization()
            || directives.startsWith("public")
            || directives.startsWith("s-maxage");
    boolean cookie = credentials.contains("Cookie");
    boolean originsOwn = !directives.equals("x") && !rule.beatsOrigin();
    boolean onlyCookie = cookie && credentials.size() == 2;
    return (allowed || onlyCookie) && (!cookie || originsOwn);
  }

  private static Asked asked(String user, List<String> credentials, Rule rule) {
    String[] lines = credentials.stream().map(l -> l.replace("?", user)).toArray(String[]::new);
    boolean named = Headers.of(lines).has("Authorization") || Headers.of(lines).has("X-API-Key");
    return Fixture.asked("GET", rule, named ? user : null, lines);
  }

  private static List<Rule> rules() {
    List<Rule> rules = new ArrayList<>();
    for (SetCookie policy : SetCookie.values()) {
      for (int flags = 0; flags < 16; flags++) {
        rules.add(rule(policy, flags));
      }
    }
    return rules;
  }

  private static Rule rule(SetCookie policy, int flags) {
    return Fixture.rule(
        Fixture.key((flags & 1) != 0),
        life -> {
          Fixture.LifeDraft ttl = (flags & 6) != 0 ? life.ttl(Duration.ofHours(1)) : life;
          return (flags & 4) != 0 ? ttl.override() : ttl;
        },
        keep -> {
          Fixture.KeepDraft cookies = keep.setCookie(policy);
          return (flags & 8) != 0 ? cookies.sharedDespiteAuthorization() : cookies;
        });
  }
}
