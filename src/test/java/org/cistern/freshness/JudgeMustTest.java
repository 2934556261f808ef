package org.cistern.freshness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cistern.freshness.Fixture.FOLLOW;
import static org.cistern.freshness.Fixture.NOW;
import static org.cistern.freshness.Fixture.asked;
import static org.cistern.freshness.Fixture.facts;
import static org.cistern.freshness.Fixture.get;
import static org.cistern.freshness.Fixture.in;

import org.cistern.answer.Answer;
import org.cistern.rule.Rule;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A shared cache must (RFC 9111)")
class JudgeMustTest {

  @Test
  @DisplayName("4.2: not take an answer past its lifetime for fresh, to the millisecond")
  void staleIsAsked() {
    Facts stored = facts("Cache-Control", "max-age=2");
    assertThat(judge(get(), stored, 1.999)).isSameAs(Verdict.Serve.FRESH);
    assertThat(judge(get(), stored, 2.0)).isEqualTo(new Verdict.Fetch(Reason.EXPIRED));
  }

  @Test
  @DisplayName("4.2: not reuse what was older than its lifetime when it came")
  void bornStaleIsAsked() {
    Facts stored = facts("Cache-Control", "max-age=3600", "Age", "7200", "ETag", "\"1\"");
    assertThat(judge(get(), stored, 0)).isEqualTo(new Verdict.Revalidate(Reason.EXPIRED));
  }

  @Test
  @DisplayName("4: not answer an unsafe or unknown method from the store")
  void otherMethodsGoUp() {
    Facts stored = facts("Cache-Control", "max-age=60");
    for (String method : new String[] {"POST", "PUT", "DELETE", "M-SEARCH", "get"}) {
      Asked asked = asked(method, FOLLOW, null);
      assertThat(judge(asked, stored, 0)).isEqualTo(new Verdict.Fetch(Reason.METHOD));
    }
  }

  @Test
  @DisplayName("5.2.2.4: validate what has no-cache, however fresh")
  void noCacheIsValidated() {
    Facts stored = facts("Cache-Control", "no-cache, max-age=60", "ETag", "\"1\"");
    assertThat(judge(get(), stored, 0)).isEqualTo(new Verdict.Revalidate(Reason.NO_CACHE_RESPONSE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"must-revalidate", "proxy-revalidate", "s-maxage=1", "no-cache"})
  @DisplayName("4.2.4: not use stale what a directive forbids, whoever would accept it")
  void strictIsNeverStale(String directive) {
    String said = "max-age=1, stale-while-revalidate=60, stale-if-error=60, " + directive;
    Facts stored = facts("Cache-Control", said, "ETag", "\"1\"");
    Asked willing = get("Cache-Control", "max-stale, stale-if-error=60");
    assertThat(judge(willing, stored, 2).revalidates()).isTrue();
    assertThat(StaleIfError.onStatus(willing, stored, Standing.GOOD, 503, in(2))).isNull();
    assertThat(StaleIfError.onFailure(willing, stored, Standing.GOOD, in(2))).isNull();
  }

  @Test
  @DisplayName("5861-3: ask in the foreground once the window has passed")
  void theWindowHasAHardEnd() {
    Facts stored = facts("Cache-Control", "max-age=1, stale-while-revalidate=4");
    assertThat(judge(get(), stored, 4.999))
        .isEqualTo(new Verdict.ServeStale(Reason.STALE_WHILE_REVALIDATE, true));
    assertThat(judge(get(), stored, 5.0)).isEqualTo(new Verdict.Fetch(Reason.EXPIRED));
  }

  @Test
  @DisplayName("DESIGN: never show one user's answer to another, nor to nobody")
  void anOwnersAnswerIsTheOwners() {
    Rule perUser = Fixture.rule(Fixture.key(true), life -> life, keep -> keep);
    Answer hers =
        Fixture.stored(asked("GET", perUser, "her"), Fixture.ok("Cache-Control", "max-age=60"));
    Facts stored = Facts.of(hers, perUser);
    assertThat(judge(asked("GET", perUser, "her"), stored, 0).serves()).isTrue();
    assertThat(judge(asked("GET", perUser, "his"), stored, 0).reason()).isEqualTo(Reason.OWNER);
    assertThat(judge(asked("GET", perUser, null), stored, 0).reason()).isEqualTo(Reason.OWNER);
  }

  @Test
  @DisplayName("DESIGN: not use an owned answer for a shared rule, nor a shared one per user")
  void aRuleThatChangedFindsNothing() {
    Rule perUser = Fixture.rule(Fixture.key(true), life -> life, keep -> keep);
    Received response = Fixture.ok("Cache-Control", "max-age=60");
    Facts owned = Facts.of(Fixture.stored(asked("GET", perUser, "her"), response), FOLLOW);
    Facts shared = Facts.of(Fixture.stored(get(), response), perUser);
    assertThat(judge(get(), owned, 0).reason()).isEqualTo(Reason.OWNER);
    assertThat(judge(asked("GET", perUser, "her"), shared, 0).reason()).isEqualTo(Reason.OWNER);
  }

  @Test
  @DisplayName("DESIGN: never use what a hard purge covers; validate what a soft one covers")
  void purgesAreObeyed() {
    Facts stored = facts("Cache-Control", "max-age=60, stale-while-revalidate=60", "ETag", "\"1\"");
    assertThat(Freshness.judge(get(), stored, Standing.GONE, NOW))
        .isEqualTo(new Verdict.Fetch(Reason.PURGED));
    assertThat(Freshness.judge(get(), stored, Standing.STALE, NOW))
        .isEqualTo(new Verdict.Revalidate(Reason.SOFT_PURGED));
    assertThat(StaleIfError.onFailure(get(), stored, Standing.GONE, NOW)).isNull();
  }

  private static Verdict judge(Asked asked, Facts stored, double after) {
    return Freshness.judge(asked, stored, Standing.GOOD, in(after));
  }
}
