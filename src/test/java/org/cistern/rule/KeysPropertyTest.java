package org.cistern.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.cistern.http.Headers;
import org.cistern.http.uri.Query;
import org.cistern.http.uri.Target;
import org.cistern.http.uri.UrlVariation;

class KeysPropertyTest {

  private static final Keys KEYS = new Keys(HostAliases.none());

  private static final UrlVariation ALL =
      Objects.requireNonNull(UrlVariation.parse(List.of("except=()")));

  private static final Rule PER_USER = Books.rule("user_specific: true");

  /** All of what tells the requests below apart is in the keys of this rule. */
  private static final Rule RULE =
      Books.rule(
          "key_strategy: path_params_headers", "vary_on: {headers: [X-A, X-B], cookies: [c]}");

  @Property(tries = 5000)
  void twoRequestsNeverHaveOneKey(@ForAll("requests") Asked one, @ForAll("requests") Asked other) {
    Key key = KEYS.key(RULE, one, null, null);
    assertThat(KEYS.key(RULE, other, null, null).equals(key)).isEqualTo(one.equals(other));
  }

  @Property(tries = 5000)
  void twoUsersNeverHaveOneKey(
      @ForAll("requests") Asked asked, @ForAll("texts") String one, @ForAll("texts") String other) {
    assertThat(KEYS.key(PER_USER, asked, one, null).equals(KEYS.key(PER_USER, asked, other, null)))
        .isEqualTo(one.equals(other));
  }

  @Property(tries = 5000)
  void twoRequestsHaveOneSharedKeyOnlyWhereTheirQueriesAloneDiffer(
      @ForAll("requests") Asked one, @ForAll("requests") Asked other) {
    Key key = KEYS.sharedKey(RULE, one, null, ALL);
    boolean same = withoutQuery(one).equals(withoutQuery(other));
    assertThat(KEYS.sharedKey(RULE, other, null, ALL).equals(key)).isEqualTo(same);
    assertThat(KEYS.key(RULE, other, null, null)).isNotEqualTo(key);
  }

  private static Asked withoutQuery(Asked asked) {
    return new Asked(asked.method(), asked.target().withoutQuery(), asked.headers());
  }

  @Property(tries = 3000)
  void sortingKeepsAllParameters(@ForAll("queries") String one, @ForAll("queries") String other) {
    boolean same = multiset(one).equals(multiset(other));
    if (!same) {
      assertThat(sorted(one)).isNotEqualTo(sorted(other));
    }
  }

  private static String sorted(String query) {
    return Query.of(query).sorted().text();
  }

  private static List<String> multiset(String query) {
    return List.of(query.split("&", -1)).stream().filter(part -> !part.isEmpty()).sorted().toList();
  }

  /** Texts that look like the parts of a key. */
  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of("a", "1:", "-", "2*", "1", ":", "/", "é")
        .list()
        .ofMaxSize(4)
        .map(this::join);
  }

  @Provide
  Arbitrary<String> queries() {
    return Arbitraries.of("a", "b", "=", "&", "%61", "1").list().ofMaxSize(7).map(this::join);
  }

  private String join(List<String> parts) {
    return String.join("", parts);
  }

  @Provide
  Arbitrary<Asked> requests() {
    Arbitrary<Target> targets =
        Combinators.combine(
                Arbitraries.of("http", "https"),
                Arbitraries.of("a", "a:1", "a:11"),
                texts(),
                texts().injectNull(0.3))
            .as((scheme, host, path, query) -> new Target(scheme, host, "/" + path, query));
    return Combinators.combine(targets, Arbitraries.of("GET", "POST", "PUT"), headers())
        .as((target, method, headers) -> new Asked(method, target, headers));
  }

  private Arbitrary<Headers> headers() {
    return Combinators.combine(
            texts().list().ofMaxSize(2), texts().list().ofMaxSize(2), texts().list().ofMaxSize(2))
        .as(KeysPropertyTest::headers);
  }

  private static Headers headers(List<String> a, List<String> b, List<String> cookies) {
    Headers.Builder headers = Headers.builder();
    a.forEach(value -> headers.add("x-a", value));
    b.forEach(value -> headers.add("x-b", value));
    cookies.forEach(value -> headers.add("cookie", "c=" + value));
    return headers.build();
  }
}
