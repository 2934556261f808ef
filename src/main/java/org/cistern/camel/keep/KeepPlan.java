package org.cistern.camel.keep;

import io.vertx.core.Context;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.cistern.answer.Answer;
import org.cistern.answer.Body;
import org.cistern.answer.Position;
import org.cistern.flight.Keep;
import org.cistern.freshness.Asked;
import org.cistern.freshness.Reason;
import org.cistern.freshness.Storing;
import org.cistern.http.Headers;
import org.cistern.rule.Key;
import org.cistern.rule.Rule;
import org.cistern.rule.WritePolicy;
import org.cistern.tier.Tier;
import org.jspecify.annotations.Nullable;

/** How one response is kept once it is whole. */
public final class KeepPlan implements Keep {

  private final Keeper keeper;
  private final Asked asked;
  private final Key key;
  private final Storing.Keep keep;
  private final Position position;
  private final Context context;
  private final Consumer<Reason> misfits;

  /**
   * @param position the place in the purge log at which the fetch began
   * @param context where the fetch runs
   * @param misfits hears why it is not kept where its size turns out not to fit
   */
  public KeepPlan(
      Keeper keeper,
      Asked asked,
      Key key,
      Storing.Keep keep,
      Position position,
      Context context,
      Consumer<Reason> misfits) {
    this.keeper = keeper;
    this.asked = asked;
    this.key = key;
    this.keep = keep;
    this.position = position;
    this.context = context;
    this.misfits = misfits;
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

  /** Tells whether an answer fits the rule, whose head did not tell its size. */
  public boolean fits(Answer answer) {
    return misfitOf(answer) == null;
  }

  private @Nullable Reason misfitOf(Answer answer) {
    Rule rule = asked.rule();
    Storing.Decision sized =
        rule == null ? new Storing.Skip(Reason.RULE_NONE) : keep.sized(rule, answer.body().size());
    return sized.keep() == null ? sized.reason() : null;
  }

  @Override
  public CompletionStage<?> store(Answer answer) {
    Reason misfit = misfitOf(answer);
    if (misfit != null) {
      misfits.accept(misfit);
      return Tier.DONE;
    }
    if (!BodyTags.takesLong(asked.rule(), answer)) {
      return keeper.keep(asked, key, answer);
    }
    return context
        .executeBlocking(() -> BodyTags.of(asked.rule(), answer), false)
        .toCompletionStage()
        .thenCompose(tagged -> keeper.keep(asked, key, tagged));
  }

  @Override
  public void misfit(Reason why) {
    misfits.accept(why);
  }

  @Override
  public boolean lastByteWaits() {
    return keeper.policy(asked) == WritePolicy.THROUGH;
  }
}
