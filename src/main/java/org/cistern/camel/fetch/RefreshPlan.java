package org.cistern.camel.fetch;

import java.util.concurrent.CompletionStage;
import org.cistern.answer.Answer;
import org.cistern.answer.Body;
import org.cistern.flight.Keep;
import org.cistern.http.Headers;

/**
 * How the response to a refresh is kept: the refresh has gone well only once all of it is here.
 *
 * @param plan how it is kept
 * @param well is run then
 */
record RefreshPlan(Keep plan, Runnable well) implements Keep {

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
    well.run();
    return plan.store(answer);
  }

  @Override
  public boolean lastByteWaits() {
    return plan.lastByteWaits();
  }
}
