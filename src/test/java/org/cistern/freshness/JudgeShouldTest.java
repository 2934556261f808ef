package org.cistern.freshness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cistern.freshness.Fixture.FOLLOW;
import static org.cistern.freshness.Fixture.asked;
import static org.cistern.freshness.Fixture.facts;
import static org.cistern.freshness.Fixture.get;
import static org.cistern.freshness.Fixture.in;

import java.time.Duration;
import org.cistern.rule.Rule;
import org.cistern.rule.Strategy;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A shared cache should (RFC 9111)")
class JudgeShouldTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "no-cache|NO_CACHE_REQUEST",
        "max-age=0|MAX_AGE_REQUEST",
        "max-age=4|MAX_AGE_REQUEST",
        "min-fresh=56|MIN_FRESH"
      })
  @DisplayName("5.2.1: ask where the client objects to a fresh answer")
  void theClientsObjectionsCount(String directive, Reason reason) {
    Facts stored = facts("Cache-Control", "max-age=60", "ETag", "\"1\"");
    assertThat(judge(get("Cache-Control", directive), stored, 5))
        .isEqualTo(new Verdict.Revalidate(reason));
  }

  @ParameterizedTest
  @ValueSource(strings = {"max-age=6", "min-fresh=55", "max-stale", "no-store", "x"})
  @DisplayName("5.2.1: serve where the directives are met")
  void metDirectivesServe(String directive) {
    Facts stored = facts("Cache-Control", "max-age=60");
    assertThat(judge(get("Cache-Control", directive), stored, 5)).isSameAs(Verdict.Serve.FRESH);
  }

  @Test
  @DisplayName("5.2.1.1: serve nothing stale to a client that gives an age without max-stale")
  void anAgeMeansFresh() {
    Facts stored = facts("Cache-Control", "max-age=1, stale-while-revalidate=60");
    assertThat(judge(get("Cache-Control", "max-age=30"), stored, 2).serves()).isFalse();
    assertThat(judge(get("Cache-Control", "max-age=30, max-stale"), stored, 2).serves()).isTrue();
  }

  @Test
  @DisplayName("5.2.1.7: refuse what wants a stored answer and has none that fits")
  void onlyIfCachedIsRefused() {
    Asked asked = get("Cache-Control", "only-if-cached");
    Facts stored = facts("Cache-Control", "max-age=1");
    Verdict refused = new Verdict.Refuse(Reason.ONLY_IF_CACHED);
    assertThat(Freshness.judge(asked, null, Standing.GOOD, in(0))).isEqualTo(refused);
    assertThat(judge(asked, stored, 0).serves()).isTrue();
    assertThat(judge(asked, stored, 1)).isEqualTo(refused);
    assertThat(
            judge(asked("POST", FOLLOW, null, "Cache-Control", "only-if-cached"), stored, 0)
                .asksUpstream())
        .isTrue();
  }

  @Test
  @DisplayName("5.4: take Pragma: no-cache for no-cache")
  void pragmaCounts() {
    assertThat(judge(get("Pragma", "no-cache"), facts("Cache-Control", "max-age=60"), 0).reason())
        .isEqualTo(Reason.NO_CACHE_REQUEST);
  }

  @Test
  @DisplayName("DESIGN: hear no objection under an aggressive rule, but keep what is forbidden")
  void aggressiveRulesBeatTheClient() {
    Rule aggressive =
        Fixture.rule(
            life -> life.ttl(Duration.ofMinutes(1)), keep -> keep.strategy(Strategy.AGGRESSIVE));
    Facts stored = facts(aggressive, "Cache-Control", "max-age=1, no-cache", "ETag", "\"1\"");
    Asked reload = get(aggressive, "Cache-Control", "no-cache, max-age=0");
    assertThat(judge(reload, stored, 30)).isSameAs(Verdict.Serve.FRESH);
    assertThat(judge(reload, stored, 60).revalidates()).isTrue();
    assertThat(Storing.decide(get(aggressive), Fixture.ok("Cache-Control", "no-store")).reason())
        .isEqualTo(Reason.NO_STORE_RESPONSE);
  }

  @Test
  @DisplayName("DESIGN: let a request pass for which there is no rule or one that passes")
  void noRuleNoCache() {
    Rule passes = Fixture.rule(life -> life, keep -> keep.passesThrough());
    assertThat(judge(asked("GET", null, null), facts("Cache-Control", "max-age=1"), 0))
        .isEqualTo(new Verdict.Fetch(Reason.RULE_NONE));
    assertThat(judge(get(passes), facts("Cache-Control", "max-age=1"), 0))
        .isEqualTo(new Verdict.Fetch(Reason.RULE_PASSES));
  }

  private static Verdict judge(Asked asked, Facts stored, double after) {
    return Freshness.judge(asked, stored, Standing.GOOD, in(after));
  }
}
