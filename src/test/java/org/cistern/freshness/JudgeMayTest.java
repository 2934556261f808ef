package org.cistern.freshness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cistern.freshness.Fixture.FOLLOW;
import static org.cistern.freshness.Fixture.asked;
import static org.cistern.freshness.Fixture.facts;
import static org.cistern.freshness.Fixture.get;
import static org.cistern.freshness.Fixture.in;

import java.time.Duration;
import org.cistern.rule.Rule;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A shared cache may (RFC 9111, RFC 5861)")
class JudgeMayTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Test
  @DisplayName("5.2.1.2: serve stale to a client that accepts it, and no staler")
  void maxStaleIsAPermission() {
    Facts stored = facts("Cache-Control", "max-age=1500", "Age", "2000");
    Verdict stale = new Verdict.ServeStale(Reason.MAX_STALE, false);
    assertThat(judge(get("Cache-Control", "max-stale=1000"), stored, 0)).isEqualTo(stale);
    assertThat(judge(get("Cache-Control", "max-stale"), stored, 0)).isEqualTo(stale);
    assertThat(judge(get("Cache-Control", "max-stale=499"), stored, 0).serves()).isFalse();
  }

  @Test
  @DisplayName("5861-3: take the rule's window where the origin gives none")
  void theRulesWindowCounts() {
    Rule rule = Fixture.rule(life -> life.windows(MINUTE, MINUTE), keep -> keep);
    assertThat(judge(get(rule), facts(rule, "Cache-Control", "max-age=1"), 60).isStale()).isTrue();
    Facts own = facts(rule, "Cache-Control", "max-age=1, stale-while-revalidate=0");
    assertThat(judge(get(rule), own, 2).serves()).isFalse();
  }

  @Test
  @DisplayName("refresh a fresh answer ahead of its end")
  void refreshAheadServesAndRefreshes() {
    Rule rule =
        Fixture.rule(life -> life.ttl(Duration.ofSeconds(10)).refreshAhead(0.8), keep -> keep);
    Facts stored = facts(rule);
    assertThat(judge(get(rule), stored, 7.9)).isSameAs(Verdict.Serve.FRESH);
    assertThat(judge(get(rule), stored, 8)).isSameAs(Verdict.Serve.AHEAD);
    assertThat(judge(get(rule), stored, 10).serves()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "500,true",
    "501,true",
    "503,true",
    "508,true",
    "599,true",
    "404,false",
    "499,false",
    "200,false"
  })
  @DisplayName("5861-4, 9111-4.3.3: stand in for an origin that answers with any 5xx")
  void errorsAreStoodInFor(int status, boolean stands) {
    Facts stored = facts("Cache-Control", "max-age=1, stale-if-error=60");
    Verdict verdict = StaleIfError.onStatus(get(), stored, Standing.GOOD, status, in(3));
    assertThat(verdict != null).isEqualTo(stands);
  }

  @Test
  @DisplayName("5861-4: do so where response, rule or request allow it, and no longer")
  void standingInNeedsPermission() {
    Rule rule = Fixture.rule(life -> life.windows(MINUTE, MINUTE), keep -> keep);
    Facts plain = facts("Cache-Control", "max-age=1");
    Facts ruled = facts(rule, "Cache-Control", "max-age=1");
    Asked willing = get("Cache-Control", "stale-if-error=60");
    assertThat(onStatus(get(), plain, 2)).isNull();
    assertThat(onStatus(willing, plain, 2)).isNotNull();
    assertThat(onStatus(willing, plain, 61)).isNull();
    assertThat(onStatus(get(rule), ruled, 2)).isNotNull();
    assertThat(onStatus(get(rule), ruled, 61)).isNull();
    assertThat(onStatus(get("Cache-Control", "no-cache"), ruled, 2)).isNull();
  }

  @Test
  @DisplayName("4.2.4: answer stale where the origin cannot be reached and nothing forbids it")
  void disconnectedMeansStale() {
    Facts stored = facts("Cache-Control", "max-age=2");
    assertThat(StaleIfError.onFailure(get(), stored, Standing.GOOD, in(3)))
        .isEqualTo(new Verdict.ServeStale(Reason.DISCONNECTED, false));
    assertThat(StaleIfError.onFailure(get(), stored, Standing.GOOD, in(3 + 3600))).isNull();
    assertThat(StaleIfError.onFailure(get(), null, Standing.GOOD, in(0))).isNull();
  }

  @ParameterizedTest
  @CsvSource({"1.5,STALE_IF_ERROR", "3,", "100,"})
  @DisplayName("5861-4: do so for no longer than the origin's window for errors")
  void theOriginsWindowBoundsADisconnectToo(double after, @Nullable Reason reason) {
    assertThat(onFailure(facts("Cache-Control", "max-age=1, stale-if-error=1"), after))
        .isEqualTo(reason);
  }

  @ParameterizedTest
  @CsvSource({"30,STALE_IF_ERROR", "62,"})
  @DisplayName("5861-4: do so for no longer than the rule's window for errors")
  void theRulesWindowBoundsADisconnectToo(double after, @Nullable Reason reason) {
    Rule rule = Fixture.rule(life -> life.windows(MINUTE, MINUTE), keep -> keep);
    assertThat(onFailure(facts(rule, "Cache-Control", "max-age=1"), after)).isEqualTo(reason);
  }

  @Test
  @DisplayName("5861-4: not do so for one moment where the window for errors is 0")
  void aWindowOfZeroIsNever() {
    Facts stored = facts("Cache-Control", "max-age=1, stale-if-error=0");
    Asked willing = get("Cache-Control", "stale-if-error=60");
    assertThat(onFailure(stored, 1)).isNull();
    assertThat(StaleIfError.onFailure(willing, stored, Standing.GOOD, in(1))).isNull();
    assertThat(onStatus(willing, stored, 1)).isNull();
  }

  @Test
  @DisplayName("4.2.4: answer stale where the window for refreshing is over and errors have none")
  void theWindowForRefreshingSaysNothingOfErrors() {
    Facts stored = facts("Cache-Control", "max-age=1, stale-while-revalidate=2");
    assertThat(onFailure(stored, 10)).isEqualTo(Reason.DISCONNECTED);
    assertThat(onStatus(get(), stored, 10)).isNull();
  }

  @Test
  @DisplayName("4.3.5: send a HEAD up as it is")
  void headsAreNotMadeConditional() {
    Facts stored = facts("Cache-Control", "max-age=1", "ETag", "\"1\"");
    assertThat(judge(asked("HEAD", FOLLOW, null), stored, 0).serves()).isTrue();
    assertThat(judge(asked("HEAD", FOLLOW, null), stored, 2))
        .isEqualTo(new Verdict.Fetch(Reason.EXPIRED));
  }

  @Test
  @DisplayName("judge by the rule in force, not by the one in force when it was stored")
  void factsFollowTheRule() {
    Rule shorter = Fixture.rule(life -> life.ttl(Duration.ofSeconds(1)).override(), keep -> keep);
    Facts stored = facts("Cache-Control", "max-age=60");
    assertThat(stored.under(FOLLOW)).isSameAs(stored);
    assertThat(judge(get(shorter), stored.under(shorter), 2).serves()).isFalse();
  }

  private static @Nullable Reason onFailure(Facts stored, double after) {
    Verdict verdict = StaleIfError.onFailure(get(), stored, Standing.GOOD, in(after));
    return verdict == null ? null : verdict.reason();
  }

  private static @Nullable Verdict onStatus(Asked asked, Facts stored, double after) {
    return StaleIfError.onStatus(asked, stored, Standing.GOOD, 503, in(after));
  }

  private static Verdict judge(Asked asked, Facts stored, double after) {
    return Freshness.judge(asked, stored, Standing.GOOD, in(after));
  }
}
