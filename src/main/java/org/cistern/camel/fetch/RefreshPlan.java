package org.cistern.camel.fetch;

import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.cistern.answer.Answer;
import org.cistern.answer.Body;
import org.cistern.camel.keep.KeepPlan;
import org.cistern.flight.Keep;
import org.cistern.freshness.Reason;
import org.cistern.http.Headers;

/**
 * How the response to a refresh is kept: the refresh has gone well only once all of it is here, and
 * fits.
 *
 * @param plan how it is kept
 * @param ended hears whether it has gone well
 */
record RefreshPlan(KeepPlan plan, Consumer<Boolean> ended) implements Keep {

  @Override
  public Answer described() {
    return plan.described();
  }

  @Override
  public long maxSize() {
    return plan.maxSize();
  }

  @Override
  public Answer complete(Body body, Headers trailers) {
    return plan.complete(body, trailers);
  }

  @Override
  public CompletionStage<?> store(Answer answer) {
    ended.accept(plan.fits(answer));
    return plan.store(answer);
  }

  @Override
  public void misfit(Reason why) {
    ended.accept(false);
    plan.misfit(why);
  }

  @Override
  public boolean lastByteWaits() {
    return plan.lastByteWaits();
  }
}
