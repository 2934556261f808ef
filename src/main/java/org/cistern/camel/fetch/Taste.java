package org.cistern.camel.fetch;

import java.util.Objects;
import org.cistern.answer.Answer;
import org.cistern.answer.Variants;
import org.cistern.camel.call.QueryKeys;
import org.cistern.camel.service.Services;
import org.cistern.flight.Alone;
import org.cistern.flight.Fit;
import org.cistern.freshness.Asked;
import org.cistern.freshness.Facts;
import org.cistern.freshness.Freshness;
import org.cistern.freshness.Reason;
import org.cistern.freshness.Standing;
import org.cistern.freshness.Verdict;
import org.cistern.http.Fields;
import org.cistern.http.uri.UrlVariation;
import org.cistern.rule.Rule;
import org.jspecify.annotations.Nullable;

/**
 * What suits a request of what was fetched for another one.
 *
 * @param asked the request
 * @param keys its keys, where it shares a flight with other queries, or null
 * @param services what the steps work with
 */
record Taste(Asked asked, @Nullable QueryKeys keys, Services services) {

  /**
   * Judges what was fetched while it waited, or shortly before: that is as young as its client
   * wishes, or it would not have been let on the flight.
   */
  Fit judge(Answer offered) {
    Rule rule = asked.rule();
    if (rule == null) {
      return Fit.alone(Alone.NOT_PERMITTED);
    }
    Fit elsewhere = elsewhere(offered);
    if (elsewhere != null) {
      return elsewhere;
    }
    Verdict verdict =
        Freshness.judge(asked, Facts.of(offered, rule), Standing.GOOD, services.clock().instant());
    return verdict.reason() == Reason.OWNER ? Fit.alone(Alone.OTHER_OWNER) : Fit.match();
  }

  /** Judges a stale answer by the verdict of {@link #standIn} on it. */
  Fit judgeStandIn(Answer offered, @Nullable Verdict stale) {
    Fit elsewhere = elsewhere(offered);
    if (elsewhere != null) {
      return elsewhere;
    }
    return stale == null ? Fit.alone(Alone.NOT_PERMITTED) : Fit.match();
  }

  /** Returns the verdict by which a stale answer stands in for this error, or null. */
  @Nullable Verdict standIn(Answer offered, int status) {
    Rule rule = asked.rule();
    return rule == null || !Variants.matches(offered, fields())
        ? null
        : new StoredStandIn(asked, null, Facts.of(offered, rule), services).on(status);
  }

  /** Returns where the request has to look instead, or null where the answer is for it. */
  private @Nullable Fit elsewhere(Answer offered) {
    if (!answersItsQuery(offered)) {
      return Fit.otherVariant("query " + query());
    }
    return Variants.matches(offered, fields()) ? null : otherVariant(offered);
  }

  /**
   * The flight is that of all queries which are one by what the path's answers said before. Only an
   * answer that says the same is for all of them.
   */
  private boolean answersItsQuery(Answer offered) {
    return keys == null
        || Objects.equals(query(), offered.target().query())
        || keys.said().equals(UrlVariation.of(offered.headers()));
  }

  private Fit otherVariant(Answer offered) {
    return Fit.otherVariant(Variants.id(offered.vary(), Variants.varied(fields(), offered.vary())));
  }

  private @Nullable String query() {
    return asked.request().target().query();
  }

  private Fields fields() {
    return asked.request().fields();
  }
}
