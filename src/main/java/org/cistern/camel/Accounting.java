package org.cistern.camel;

import org.cistern.camel.call.ClientCall;
import org.cistern.camel.call.Passage;
import org.cistern.camel.engine.Beside;
import org.cistern.camel.engine.CallListener;
import org.cistern.freshness.Reason;
import org.cistern.freshness.Verdict;
import org.cistern.monitor.RequestMeters;
import org.cistern.monitor.RequestOutcome;
import org.cistern.rule.Rule;

/** Counts every call that is over, by rule, tier and reason. */
final class Accounting implements CallListener {

  private static final String NO_RULE = "none";

  private final RequestMeters meters;

  Accounting(RequestMeters meters) {
    this.meters = meters;
  }

  @Override
  public void over(ClientCall call, int status, long nanos) {
    Passage passage = call.passage();
    Rule rule = passage.rule();
    Reason reason = passage.reason();
    meters.over(
        rule == null ? NO_RULE : rule.id(),
        passage.isServed() ? passage.level() : null,
        reason == null ? Reason.NOT_FETCHED : reason,
        outcome(passage),
        nanos);
  }

  /** Requests of other routes are not ours to count. */
  @Override
  public void beside(Beside request) {
    if (request.refused() != null) {
      meters.over(NO_RULE, null, Reason.REFUSED, RequestOutcome.FAILED, request.nanos());
    }
  }

  private static RequestOutcome outcome(Passage passage) {
    Verdict verdict = passage.verdict();
    if (passage.wasForwarded()) {
      return passage.failure() == null ? RequestOutcome.MISS : RequestOutcome.FAILED;
    }
    if (verdict == null || !verdict.serves()) {
      return RequestOutcome.FAILED;
    }
    return verdict.isStale() ? RequestOutcome.STALE : RequestOutcome.HIT;
  }
}
