package org.cistern.camel.fetch;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.cistern.answer.Answer;
import org.cistern.answer.Position;
import org.cistern.camel.call.Passage;
import org.cistern.camel.call.Prepared;
import org.cistern.camel.fetch.ask.Landing;
import org.cistern.camel.fetch.store.Parts;
import org.cistern.camel.fetch.store.Recall;
import org.cistern.camel.fetch.store.Reception;
import org.cistern.camel.keep.KeepPlan;
import org.cistern.camel.service.Services;
import org.cistern.flight.Alone;
import org.cistern.flight.Keep;
import org.cistern.flight.Outcome;
import org.cistern.freshness.Asked;
import org.cistern.freshness.Reason;
import org.cistern.freshness.Renewal;
import org.cistern.freshness.Revalidation;
import org.cistern.freshness.Storing;
import org.cistern.freshness.Verdict;
import org.cistern.http.Headers;
import org.cistern.rule.Key;
import org.cistern.rule.Rule;
import org.cistern.rule.SetCookie;
import org.cistern.rule.WritePolicy;
import org.cistern.upstream.message.Incoming;
import org.cistern.upstream.message.UpstreamFailure;
import org.jspecify.annotations.Nullable;

/** What one call of a {@link CachePilot} to the upstream brings: kept, renewed, or passed on. */
final class CacheLanding implements Landing.Receiver {

  /** How long a client waits for the tiers to take what a 304 has renewed. */
  private static final Duration TIERS = Duration.ofSeconds(2);

  private final CachePilot pilot;
  private final Origin origin;
  private final Services services;
  private final Passage passage;
  private final Asked asked;
  private final Key key;
  private final Reception reception;
  private final Recall recall;
  private final @Nullable Prepared validated;
  private final Position position;
  private final Consumer<Outcome> then;
  private boolean told;

  /**
   * @param validated what the request was conditional on, or null
   * @param position where the flight began
   * @param then takes the outcome
   */
  CacheLanding(
      CachePilot pilot, @Nullable Prepared validated, Position position, Consumer<Outcome> then) {
    this.pilot = pilot;
    this.origin = pilot.origin();
    this.services = origin.services();
    this.passage = pilot.call().passage();
    this.asked = pilot.asked();
    this.key = pilot.key();
    this.reception = new Reception(services, asked);
    this.recall =
        new Recall(services, pilot.sent(), asked, key, passage.ownKey(), pilot.stored(), position);
    this.validated = validated;
    this.position = position;
    this.then = then;
  }

  @Override
  public void came(Incoming incoming) {
    if (incoming.head().status() == 304 && validated != null) {
      renewed(incoming, validated);
    } else {
      decide(incoming);
    }
  }

  private void renewed(Incoming incoming, Prepared before) {
    incoming.body().resume();
    Renewal renewal =
        Revalidation.freshen(
            asked, before.facts().answer(), reception.received(incoming), position);
    Answer answer = renewal.answer();
    if (answer == null) {
      pilot.askForAll(position, then);
      return;
    }
    note(304, renewal.reason());
    pilot.cookies(ownCookies(incoming.head().headers()));
    refreshed(renewal.outcome() == Renewal.Outcome.KEEP);
    if (renewal.outcome() == Renewal.Outcome.KEEP) {
      keep(answer);
    } else {
      recall.heed(incoming.head(), renewal.reason());
      tell(new Outcome.Whole(answer));
    }
  }

  private List<String> ownCookies(Headers notModified) {
    Rule rule = asked.rule();
    boolean stored = rule != null && rule.keep().setCookie() == SetCookie.STORE;
    return stored ? List.of() : notModified.all("set-cookie");
  }

  /** With write-through the client waits for the tiers here too. */
  private void keep(Answer answer) {
    CompletionStage<?> stored = services.keeper().keep(asked, key, answer);
    Runnable go = () -> tell(new Outcome.Whole(answer));
    if (services.keeper().policy(asked) == WritePolicy.THROUGH) {
      Patience.await(pilot.call().context(), stored, TIERS, go, go);
    } else {
      go.run();
    }
  }

  private void tell(Outcome outcome) {
    if (!told) {
      told = true;
      then.accept(outcome);
    }
  }

  private void note(int status, Reason became) {
    if (pilot.isAwaited()) {
      passage.forwarded(status);
      passage.became(became);
    }
  }

  private void decide(Incoming incoming) {
    Storing.Decision decision = reception.decided(incoming);
    Storing.Keep keep = decision.keep();
    int status = incoming.head().status();
    note(status, decision.reason());
    refreshed(keep != null && pilot.isAwaited());
    if (isForAPart(decision, incoming.head())) {
      incoming.cancel();
      tell(new Outcome.Apart(Alone.TOO_LARGE, reception.lasts(status, decision.reason())));
      return;
    }
    tell(
        keep == null
            ? new Outcome.Passing(
                recall.heed(keptInParts(incoming), decision.reason()),
                Alone.UNSTORABLE,
                reception.lasts(status, decision.reason()),
                pilot.standIn())
            : new Outcome.Streamed(incoming, plan(keep, incoming.head()), pilot.standIn()));
  }

  private Keep plan(Storing.Keep keep, Incoming.Head head) {
    KeepPlan plan =
        new KeepPlan(
            services.keeper(),
            asked,
            key,
            keep,
            position,
            pilot.call().context(),
            misfit -> recall.heed(head, misfit));
    return pilot.isAwaited() ? plan : new RefreshPlan(plan, this::refreshed);
  }

  /** A refresh that brings nothing to keep is not tried again by the next hit. */
  private void refreshed(boolean well) {
    if (well) {
      origin.pauses().succeeded(key);
    } else if (!pilot.isAwaited()) {
      origin.pauses().failed(key, services.clock().instant());
    }
  }

  /**
   * The whole was asked for to be kept, and that it cannot be: who resumes a large download is not
   * to begin it again because of that.
   */
  private boolean isForAPart(Storing.Decision decision, Incoming.Head head) {
    boolean large = decision.reason() == Reason.TOO_LARGE && head.status() == 200;
    return pilot.isAwaited()
        && large
        && asked.request().method().equals("GET")
        && asked.request().fields().has("range")
        && !"none".equals(head.headers().first("accept-ranges"));
  }

  private Incoming keptInParts(Incoming incoming) {
    Key own = passage.ownKey();
    return new Parts(services).kept(incoming, asked, own == null ? key : own, position);
  }

  @Override
  public void standsIn(Verdict stale, int status) {
    if (pilot.isAwaited()) {
      passage.standIn(stale.reason(), status);
    }
    refreshed(false);
    Prepared old = pilot.stored();
    if (old != null) {
      tell(new Outcome.StandIn(old.facts().answer(), status));
    }
  }

  @Override
  public void failed(UpstreamFailure failure) {
    refreshed(false);
    tell(new Outcome.Failed(failure));
  }
}
