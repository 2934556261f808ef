package org.cistern.camel.component;

import org.cistern.answer.Answer;
import org.cistern.answer.Variants;
import org.cistern.flight.Alone;
import org.cistern.flight.Fit;
import org.cistern.freshness.Asked;
import org.cistern.freshness.Facts;
import org.cistern.freshness.Freshness;
import org.cistern.freshness.Reason;
import org.cistern.freshness.Standing;
import org.cistern.freshness.Verdict;
import org.cistern.http.Fields;
import org.cistern.rule.Rule;
import org.jspecify.annotations.Nullable;

/** What suits a request of what was fetched for another one. */
record Taste(Asked asked, Services services) {

  /** Judges what was fetched while it waited: that is as young as its client could wish. */
  Fit judge(Answer offered) {
    Rule rule = asked.rule();
    if (rule == null) {
      return Fit.alone(Alone.NOT_PERMITTED);
    }
    if (!Variants.matches(offered, fields())) {
      return otherVariant(offered);
    }
    Verdict verdict =
        Freshness.judge(asked, Facts.of(offered, rule), Standing.GOOD, services.clock().instant());
    return verdict.reason() == Reason.OWNER ? Fit.alone(Alone.OTHER_OWNER) : Fit.match();
  }

  /** Judges a stale answer by the verdict of {@link #standIn} on it. */
  Fit judgeStandIn(Answer offered, @Nullable Verdict stale) {
    if (!Variants.matches(offered, fields())) {
      return otherVariant(offered);
    }
    return stale == null ? Fit.alone(Alone.NOT_PERMITTED) : Fit.match();
  }

  /** Returns the verdict by which a stale answer stands in for this error, or null. */
  @Nullable Verdict standIn(Answer offered, int status) {
    Rule rule = asked.rule();
    return rule == null || !Variants.matches(offered, fields())
        ? null
        : new StoredStandIn(asked, Facts.of(offered, rule), services).on(status);
  }

  private Fit otherVariant(Answer offered) {
    return Fit.otherVariant(Variants.id(offered.vary(), Variants.varied(fields(), offered.vary())));
  }

  private Fields fields() {
    return asked.request().fields();
  }
}
