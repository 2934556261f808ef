package org.cistern.camel;

import java.util.EnumSet;
import java.util.Set;
import org.cistern.camel.call.ClientCall;
import org.cistern.camel.call.Passage;
import org.cistern.camel.engine.log.Beside;
import org.cistern.camel.engine.log.CallListener;
import org.cistern.freshness.Reason;
import org.cistern.freshness.Verdict;
import org.cistern.monitor.RequestMeters;
import org.cistern.monitor.RequestOutcome;
import org.cistern.rule.Rule;

/** Counts every call that is over, by rule, tier and reason, and what was not stored of it. */
final class Accounting implements CallListener {

  private static final String NO_RULE = "none";

  private static final Set<Reason> STALE =
      EnumSet.of(
          Reason.STALE_WHILE_REVALIDATE,
          Reason.STALE_IF_ERROR,
          Reason.DISCONNECTED,
          Reason.MAX_STALE);

  private final RequestMeters meters;

  Accounting(RequestMeters meters) {
    this.meters = meters;
  }

  @Override
  public void over(ClientCall call, int status, long nanos) {
    Passage passage = call.passage();
    String rule = rule(passage);
    Reason decided = passage.reason();
    Reason reason = decided == null ? Reason.NOT_FETCHED : decided;
    RequestOutcome outcome = outcome(passage, reason, status);
    boolean stored = outcome == RequestOutcome.HIT || outcome == RequestOutcome.STALE;
    meters.over(rule, stored ? passage.level() : null, reason, outcome, nanos);
    Reason unstored = passage.notStored();
    if (unstored != null) {
      meters.unstored(rule, unstored);
    }
  }

  private static String rule(Passage passage) {
    Rule rule = passage.rule();
    return rule == null ? NO_RULE : rule.id();
  }

  /** Requests of other routes are not ours to count. */
  @Override
  public void beside(Beside request) {
    if (request.refused() != null) {
      meters.over(NO_RULE, null, Reason.REFUSED, RequestOutcome.FAILED, request.nanos());
    }
  }

  private static RequestOutcome outcome(Passage passage, Reason reason, int status) {
    if (passage.isServed() && STALE.contains(reason)) {
      return RequestOutcome.STALE;
    }
    if (passage.wasForwarded()) {
      return passage.failure() == null ? RequestOutcome.MISS : RequestOutcome.FAILED;
    }
    Verdict verdict = passage.verdict();
    if (verdict != null && verdict.serves()) {
      return reason == Reason.OVERLOAD ? RequestOutcome.FAILED : RequestOutcome.HIT;
    }
    boolean refused = verdict != null && verdict.refuses();
    return refused || status >= 500 ? RequestOutcome.FAILED : RequestOutcome.ROUTE;
  }
}
