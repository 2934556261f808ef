package org.cistern.camel.component;

import java.time.Instant;
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
import org.cistern.rule.Rule;

/** Whether what a flight brings is for one of those who wait for it. */
final class Fits {

  private Fits() {}

  static Fit of(Answer offered, Asked asked, Instant now) {
    Rule rule = asked.rule();
    if (rule == null) {
      return Fit.alone(Alone.NOT_PERMITTED);
    }
    if (!Variants.matches(offered, asked.request().fields())) {
      return Fit.otherVariant(
          Variants.id(offered.vary(), Variants.varied(asked.request().fields(), offered.vary())));
    }
    return fit(Freshness.judge(asked, Facts.of(offered, rule), Standing.GOOD, now));
  }

  /** What was fetched while the client waited is as young as the client could wish. */
  private static Fit fit(Verdict verdict) {
    return verdict.reason() == Reason.OWNER ? Fit.alone(Alone.OTHER_OWNER) : Fit.match();
  }
}
