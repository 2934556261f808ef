package org.cistern.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cistern.rule.Asked.get;

import java.util.List;
import org.cistern.http.Headers;
import org.cistern.http.uri.UrlVariation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeysTest {

  private static final Keys KEYS = new Keys(HostAliases.none());

  private static Key key(Rule rule, Asked asked) {
    return key(rule, asked, null);
  }

  private static Key key(Rule rule, Asked asked, @Nullable String user) {
    return KEYS.key(rule, asked, user, null);
  }

  @Test
  void schemeHostAndMethodAreInEveryKey() {
    Rule rule = Books.rule("key_strategy: custom", "key_parts: [path]");
    Key key = key(rule, get("http://a.org/x"));
    assertThat(key(rule, get("https://a.org/x"))).isNotEqualTo(key);
    assertThat(key(rule, get("http://b.org/x"))).isNotEqualTo(key);
    assertThat(key(rule, get("http://a.org/x").by("POST"))).isNotEqualTo(key);
    assertThat(key(rule, get("http://a.org/x").by("HEAD"))).isEqualTo(key);
  }

  @Test
  void onlyHostsOfOneGroupShare() {
    Keys keys = new Keys(HostAliases.of(List.of(List.of("a.org", "www.A.org"))));
    Rule rule = Books.rule("id: x");
    Key key = keys.key(rule, get("http://a.org/x"), null, null);
    assertThat(keys.key(rule, get("http://www.a.org/x"), null, null)).isEqualTo(key);
    assertThat(keys.key(rule, get("http://b.org/x"), null, null)).isNotEqualTo(key);
    assertThatThrownBy(() -> HostAliases.of(List.of(List.of("a", "b"), List.of("c", "b"))))
        .hasMessageContaining("'b'");
  }

  @Test
  void thePathStrategyLeavesTheQueryOut() {
    Rule path = Books.rule("key_strategy: path");
    Rule params = Books.rule("key_strategy: path_params");
    assertThat(key(path, get("/x?a=1"))).isEqualTo(key(path, get("/x?a=2")));
    assertThat(key(params, get("/x?a=1"))).isNotEqualTo(key(params, get("/x?a=2")));
    assertThat(key(params, get("/x"))).isNotEqualTo(key(params, get("/x?")));
    assertThat(key(params, get("/x"))).isNotEqualTo(key(params, get("/X")));
  }

  @Test
  void aSortedQueryForgetsTheOrderOfNamesButNotOfValues() {
    Rule rule = Books.rule("query: sorted");
    assertThat(key(rule, get("/x?b=2&a=1"))).isEqualTo(key(rule, get("/x?a=1&b=2")));
    assertThat(key(rule, get("/x?a=1&a=2"))).isNotEqualTo(key(rule, get("/x?a=2&a=1")));
  }

  @Test
  void onlyAllowedParametersCountHoweverTheyAreEncoded() {
    Rule rule = Books.rule("query: {allow: [page]}");
    assertThat(key(rule, get("/x?page=1&utm=2"))).isEqualTo(key(rule, get("/x?page=1")));
    assertThat(key(rule, get("/x?utm=2"))).isEqualTo(key(rule, get("/x")));
    assertThat(key(rule, get("/x?p%61ge=2"))).isNotEqualTo(key(rule, get("/x")));
    assertThat(key(rule, get("/x?page=2"))).isNotEqualTo(key(rule, get("/x?page=1")));
  }

  @Test
  void droppedParametersDoNotCount() {
    Rule rule = Books.rule("query: {drop: [utm_source, utm_medium]}");
    assertThat(key(rule, get("/x?utm_source=a&p=1&utm_medium=b")))
        .isEqualTo(key(rule, get("/x?p=1")));
    assertThat(key(rule, get("/x?p=2"))).isNotEqualTo(key(rule, get("/x?p=1")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"path_headers", "path_params_headers", "path"})
  void headersOfVaryOnCount(String strategy) {
    Rule rule =
        Books.rule("key_strategy: " + strategy, "vary_on: {headers: [Accept-Language, X-A]}");
    Key german = key(rule, get("/x").with("accept-language", "de"));
    assertThat(key(rule, get("/x").with("Accept-Language", "de"))).isEqualTo(german);
    assertThat(key(rule, get("/x").with("Accept-Language", "en"))).isNotEqualTo(german);
    assertThat(key(rule, get("/x"))).isNotEqualTo(key(rule, get("/x").with("X-A", "")));
    assertThat(key(rule, get("/x").with("X-A", "de"))).isNotEqualTo(german);
    assertThat(key(rule, get("/x").with("X-B", "1"))).isEqualTo(key(rule, get("/x")));
  }

  @Test
  void cookiesOfVaryOnCountAndAreNotReadable() {
    Rule rule = Books.rule("vary_on: {cookies: [plan]}");
    Key gold = key(rule, get("/x").with("Cookie", "a=1; plan=gold"));
    assertThat(key(rule, get("/x").with("Cookie", "plan=gold; b=2"))).isEqualTo(gold);
    assertThat(key(rule, get("/x").with("Cookie", "plan=tin"))).isNotEqualTo(gold);
    assertThat(key(rule, get("/x"))).isNotEqualTo(gold);
    assertThat(gold.text()).doesNotContain("gold");
  }

  @Test
  void customPartsAndNothingElseMakeTheKey() {
    Rule rule =
        Books.rule(
            "key_strategy: custom", "key_parts: [path, 'param:id', 'header:X-A', 'cookie:c']");
    Asked asked = get("/x?id=1&z=9").with("X-A", "a").with("Cookie", "c=1");
    Key key = key(rule, asked);
    assertThat(key(rule, get("/x?q=0&id=1").with("X-A", "a").with("Cookie", "c=1; d=4")))
        .isEqualTo(key);
    assertThat(key(rule, get("/x?id=2").with("X-A", "a").with("Cookie", "c=1"))).isNotEqualTo(key);
    assertThat(key(rule, get("/x?id=1").with("X-A", "b").with("Cookie", "c=1"))).isNotEqualTo(key);
    assertThat(key(rule, get("/x?id=1").with("X-A", "a").with("Cookie", "c=2"))).isNotEqualTo(key);
  }

  @Test
  void theDigestOfTheBodyCounts() {
    Rule rule = Books.rule("key_strategy: custom", "key_parts: [path]", "body: true");
    Asked asked = get("/x").by("POST");
    Key one = KEYS.key(rule, asked, null, new byte[] {1});
    assertThat(KEYS.key(rule, asked, null, new byte[] {2})).isNotEqualTo(one);
    assertThat(KEYS.key(rule, asked, null, null)).isNotEqualTo(one);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "user_specific: true",
        "key_strategy: path_params_user",
        "{key_strategy: custom, key_parts: [path, user]}"
      })
  void theUserCountsWhereTheRuleIsPerUser(String fields) {
    Rule rule = Books.rule(fields.replaceAll("[{}]", "").replace(", key_parts", "\n  key_parts"));
    assertThat(key(rule, get("/x"), "ann")).isNotEqualTo(key(rule, get("/x"), "bob"));
    assertThat(key(rule, get("/x"), "ann")).isNotEqualTo(key(rule, get("/x"), null));
    Rule shared = Books.rule("id: x");
    assertThat(key(shared, get("/x"), "ann")).isEqualTo(key(shared, get("/x"), "bob"));
  }

  @Test
  void aCredentialInTheKeyIsNotReadable() {
    Rule rule = Books.rule("vary_on: {headers: [Authorization]}");
    Key key = key(rule, get("/x").with("Authorization", "Bearer secret"));
    assertThat(key.text()).doesNotContain("secret");
    assertThat(key(rule, get("/x").with("Authorization", "Bearer other"))).isNotEqualTo(key);
  }

  @Test
  void anEditOfNameAndTimesKeepsTheEntries() {
    Key before = key(Books.rule("id: a", "cache_ttl: 1m"), get("/x"));
    assertThat(key(Books.rule("id: b", "cache_ttl: 2m", "strategy: memory"), get("/x")))
        .isEqualTo(before);
    assertThat(key(Books.rule("vary_on: {headers: [B, A]}"), get("/x")))
        .isEqualTo(key(Books.rule("vary_on: {headers: [a, b]}"), get("/x")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "user_specific: true",
        "key_strategy: path",
        "query: sorted",
        "query: {drop: [a]}",
        "vary_on: {headers: [X-A]}",
        "vary_on: {cookies: [X-A]}",
        "cookies: {ignore: all}",
        "shared_despite_authorization: true",
        "set_cookie: store",
      })
  void anEditOfWhatShapesTheKeyFindsNothingOfBefore(String field) {
    assertThat(key(Books.rule(field), get("/x"))).isNotEqualTo(key(Books.rule("id: a"), get("/x")));
  }

  private static UrlVariation said(String line) {
    UrlVariation read = UrlVariation.parse(List.of(line));
    if (read == null) {
      throw new AssertionError(line);
    }
    return read;
  }

  private static Headers saying(String line) {
    return Headers.of("No-Vary-Search", line);
  }

  @Test
  void whatAPathsAnswersSayOfQueriesIsHeededWhereTheRuleHasNoListOfItsOwn() {
    Keys keys = new Keys(HostAliases.none());
    Asked asked = get("/x?b=1&utm=2");
    keys.keptUnder(Books.rule("id: x"), asked, null, new Key(""), saying("params=(\"utm\")"));

    for (String field : List.of("query: all", "query: sorted", "user_specific: true")) {
      assertThat(keys.variation(Books.rule(field), asked.target())).as(field).isNotNull();
    }
    for (String field :
        List.of("query: {drop: [a]}", "query: {allow: [b]}", "key_strategy: path")) {
      assertThat(keys.variation(Books.rule(field), asked.target())).as(field).isNull();
    }
    assertThat(keys.variation(Books.rule("id: x"), get("/y?b=1").target())).isNull();
  }

  @Test
  void anAnswerIsKeptUnderTheKeyThatItsOwnWordShapes() {
    Keys keys = new Keys(HostAliases.none());
    Rule rule = Books.rule("id: x");
    Key fetched = keys.key(rule, get("/x?b=1&utm=2"), null, null);
    Key kept = keys.keptUnder(rule, get("/x?b=1&utm=2"), null, fetched, saying("params=(\"utm\")"));
    UrlVariation now = keys.variation(rule, get("/x").target());

    assertThat(now).isEqualTo(said("params=(\"utm\")"));
    assertThat(kept).isEqualTo(keys.sharedKey(rule, get("/x?b=1"), null, said("params=(\"utm\")")));
    assertThat(kept)
        .isNotEqualTo(keys.sharedKey(rule, get("/x?b=1"), null, said("except=(\"b\")")));
    assertThat(kept).isNotEqualTo(keys.key(rule, get("/x?b=1"), null, null));
    assertThat(keys.keptUnder(rule, get("/x?b=1&utm=2"), null, kept, Headers.empty()))
        .isEqualTo(fetched);
  }

  @Test
  void aRuleThatSortsTakesOrderOutOfSharedKeysToo() {
    Rule sorted = Books.rule("query: sorted");
    Rule all = Books.rule("query: all");
    UrlVariation said = said("params=(\"utm\")");
    assertThat(KEYS.sharedKey(sorted, get("/x?b=1&utm=2&a=1"), null, said))
        .isEqualTo(KEYS.sharedKey(sorted, get("/x?a=1&b=1"), null, said));
    assertThat(KEYS.sharedKey(all, get("/x?b=1&utm=2&a=1"), null, said))
        .isNotEqualTo(KEYS.sharedKey(all, get("/x?a=1&b=1"), null, said));
  }

  @Test
  void usersAndTheirCredentialsStayInSharedKeys() {
    Rule perUser = Books.rule("user_specific: true", "identity: [certificate, 'param:key']");
    UrlVariation said = said("except=()");
    Key key = KEYS.sharedKey(perUser, get("/x?key=1&a=1"), "ann", said);
    assertThat(KEYS.sharedKey(perUser, get("/x?key=1"), "ann", said)).isEqualTo(key);
    assertThat(KEYS.sharedKey(perUser, get("/x?key=1"), "bob", said)).isNotEqualTo(key);
    assertThat(KEYS.sharedKey(perUser, get("/x?key=2"), "ann", said)).isNotEqualTo(key);
  }

  @Test
  void hostsOfOneGroupHaveOneWord() {
    Keys keys = new Keys(HostAliases.of(List.of(List.of("a.org", "b.org"))));
    Rule rule = Books.rule("id: x");
    keys.keptUnder(rule, get("http://b.org/x"), null, new Key(""), saying("key-order"));
    assertThat(keys.variation(rule, get("http://a.org/x?y").target())).isNotNull();
    assertThat(keys.variation(rule, get("http://c.org/x?y").target())).isNull();
  }
}
