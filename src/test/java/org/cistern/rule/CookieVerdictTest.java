package org.cistern.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cistern.rule.CookieVerdict.IGNORED;
import static org.cistern.rule.CookieVerdict.NONE;
import static org.cistern.rule.CookieVerdict.UNKNOWN;
import static org.cistern.rule.CookieVerdict.USED;

import org.cistern.http.Headers;
import org.junit.jupiter.api.Test;

class CookieVerdictTest {

  private static CookieVerdict of(Rule rule, String... lines) {
    Headers.Builder headers = Headers.builder();
    for (String line : lines) {
      headers.add("Cookie", line);
    }
    return CookieVerdict.of(rule, headers.build());
  }

  @Test
  void aCookieThatIsNeitherUsedNorIgnoredIsUnknown() {
    Rule rule = Books.rule("cookies: {ignore: [_ga*, theme]}");
    assertThat(of(rule)).isEqualTo(NONE);
    assertThat(of(rule, "_ga=1; _gat_x=2; theme=dark")).isEqualTo(IGNORED);
    assertThat(of(rule, "_ga=1", "session=1")).isEqualTo(UNKNOWN);
    assertThat(of(rule, "Theme=dark")).isEqualTo(UNKNOWN);
    assertThat(of(rule, "theme")).as("without a name").isEqualTo(UNKNOWN);
  }

  @Test
  void allCanBeIgnored() {
    assertThat(of(Books.rule("cookies: {ignore: all}"), "a=1; b")).isEqualTo(IGNORED);
  }

  @Test
  void whatIsInTheKeyIsUsed() {
    assertThat(of(Books.rule("vary_on: {cookies: [plan]}"), "plan=a")).isEqualTo(USED);
    assertThat(of(Books.rule("vary_on: {cookies: [plan]}"), "plan=a; b=1")).isEqualTo(UNKNOWN);
    assertThat(of(Books.rule("vary_on: {headers: [Cookie]}"), "a=1; b=2")).isEqualTo(USED);
    Rule custom = Books.rule("key_strategy: custom", "key_parts: [path, 'cookie:plan']");
    assertThat(of(custom, "plan=a")).isEqualTo(USED);
  }

  @Test
  void theIdentityIsUsedWhereEntriesArePerUser() {
    Rule rule = Books.rule("user_specific: true", "identity: ['cookie:session']");
    assertThat(of(rule, "session=1")).isEqualTo(USED);
    assertThat(of(rule, "session=1; other=2")).isEqualTo(UNKNOWN);
    assertThat(of(Books.rule("identity: ['cookie:session']"), "session=1")).isEqualTo(UNKNOWN);
  }
}
