package org.cistern.camel.keep;

import io.vertx.core.Context;
import java.util.concurrent.CompletionStage;
import org.cistern.answer.Answer;
import org.cistern.answer.Body;
import org.cistern.answer.Position;
import org.cistern.flight.Keep;
import org.cistern.freshness.Asked;
import org.cistern.freshness.Storing;
import org.cistern.http.Headers;
import org.cistern.rule.Key;
import org.cistern.rule.WritePolicy;

/** How one response is kept once it is whole. */
public final class KeepPlan implements Keep {

  private final Keeper keeper;
  private final Asked asked;
  private final Key key;
  private final Storing.Keep keep;
  private final Position position;
  private final Context context;

  /**
   * @param position the place in the purge log at which the fetch began
   * @param context where the fetch runs
   */
  public KeepPlan(
      Keeper keeper, Asked asked, Key key, Storing.Keep keep, Position position, Context context) {
    this.keeper = keeper;
    this.asked = asked;
    this.key = key;
    this.keep = keep;
    this.position = position;
    this.context = context;
  }

  @Override
  public Answer described() {
    return keep.answer(Body.empty(), position);
  }

  @Override
  public long maxSize() {
    return keeper.maxSize(asked);
  }

  @Override
  public Answer complete(Body body, Headers trailers) {
    Answer answer = keep.answer(body, position);
    return BodyTags.takesLong(asked.rule(), answer) ? answer : BodyTags.of(asked.rule(), answer);
  }

  @Override
  public CompletionStage<?> store(Answer answer) {
    if (!BodyTags.takesLong(asked.rule(), answer)) {
      return keeper.keepSized(asked, key, keep, answer);
    }
    return context
        .executeBlocking(() -> BodyTags.of(asked.rule(), answer), false)
        .toCompletionStage()
        .thenCompose(tagged -> keeper.keepSized(asked, key, keep, tagged));
  }

  @Override
  public boolean lastByteWaits() {
    return keeper.policy(asked) == WritePolicy.THROUGH;
  }
}
