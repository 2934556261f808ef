package org.cistern.camel.fetch;

import io.vertx.core.MultiMap;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.cistern.answer.Answer;
import org.cistern.answer.Position;
import org.cistern.camel.call.ClientCall;
import org.cistern.camel.call.OriginCall;
import org.cistern.camel.call.Passage;
import org.cistern.camel.call.Prepared;
import org.cistern.camel.keep.KeepPlan;
import org.cistern.camel.keep.Shelf;
import org.cistern.camel.service.Services;
import org.cistern.flight.Alone;
import org.cistern.flight.Outcome;
import org.cistern.flight.Pilot;
import org.cistern.freshness.Asked;
import org.cistern.freshness.Freshness;
import org.cistern.freshness.Reason;
import org.cistern.freshness.Renewal;
import org.cistern.freshness.Revalidation;
import org.cistern.freshness.Standing;
import org.cistern.freshness.Storing;
import org.cistern.freshness.Verdict;
import org.cistern.http.Fields;
import org.cistern.http.Headers;
import org.cistern.rule.Key;
import org.cistern.rule.Rule;
import org.cistern.rule.SetCookie;
import org.cistern.rule.WritePolicy;
import org.cistern.tier.memory.Kept;
import org.cistern.upstream.message.Incoming;
import org.cistern.upstream.message.UpstreamFailure;
import org.jspecify.annotations.Nullable;

/**
 * Fetches for the store: asks with the validators of what is stored, or for the whole, and decides
 * what is kept of the response.
 */
final class CachePilot implements Pilot {

  /** How long a client waits for the tiers to take what a 304 has renewed. */
  private static final Duration TIERS = Duration.ofSeconds(2);

  private final Origin origin;
  private final Services services;
  private final ClientCall call;
  private final Asked asked;
  private final Key key;
  private final Reception reception;
  private final boolean awaited;
  private final @Nullable Prepared found;
  private @Nullable Prepared stored;
  private @Nullable OriginCall sent;
  private List<String> cookies = List.of();
  private boolean flew;

  /**
   * @param asked the request, a copy that outlives the client's
   * @param awaited the client waits for it; its passage is told what happens
   */
  CachePilot(Origin origin, ClientCall call, Asked asked, Key key, boolean awaited) {
    this.origin = origin;
    this.services = origin.services();
    this.call = call;
    this.asked = asked;
    this.key = key;
    this.reception = new Reception(services, asked, key);
    this.awaited = awaited;
    this.found = call.passage().stored();
  }

  /** Tells whether it was this one that asked the upstream. */
  boolean flew() {
    return flew;
  }

  /** Returns the cookies that a 304 set for the client that it answered; no store has them. */
  List<String> cookies() {
    return cookies;
  }

  @Override
  public void fetch(Position position, Consumer<Outcome> then) {
    flew = true;
    // Asked only now that the position is taken: a purge may have come while it waited for others.
    stored = Shelf.usable(found, asked, services.purges());
    Answer meanwhile = awaited ? storedMeanwhile() : null;
    if (meanwhile != null) {
      then.accept(new Outcome.Whole(meanwhile));
    } else {
      ask(validated(), position, then);
    }
  }

  /** A condition would mean another thing to any other method (RFC 9110 section 13.1.2). */
  private @Nullable Prepared validated() {
    return asked.request().method().equals("GET") ? stored : null;
  }

  /** Another flight may have landed between this request's look-up and its take-off. */
  private @Nullable Answer storedMeanwhile() {
    Rule rule = asked.rule();
    if (rule == null || !call.passage().askedMemory()) {
      return null;
    }
    Kept kept = services.memory().peek(key, asked.request().fields());
    if (kept == null || !kept.isAliveAt(services.clock().instant()) || isKnown(kept)) {
      return null;
    }
    Prepared prepared = Prepared.of(kept.answer(), rule, services.heads());
    Standing standing = Shelf.standing(services.purges(), asked, kept.answer());
    Verdict verdict =
        Freshness.judge(asked, prepared.facts(), standing, services.clock().instant());
    return verdict.serves() ? kept.answer() : null;
  }

  @SuppressWarnings("ReferenceEquality") // Another one may be alike, and fresher.
  private boolean isKnown(Kept kept) {
    Prepared seen = call.passage().stored();
    return seen != null && seen.facts().answer() == kept.answer();
  }

  private void ask(@Nullable Prepared validated, Position position, Consumer<Outcome> then) {
    OriginCall mine = originCall(validated);
    sent = mine;
    origin
        .route()
        .ask(
            mine,
            origin.patience(asked.rule()),
            landing -> landing.reach(new Landed(validated, position, then)));
  }

  private OriginCall originCall(@Nullable Prepared validated) {
    Fields fields = asked.request().fields();
    Headers head =
        validated != null && validated.facts().hasValidator()
            ? Revalidation.conditional(fields, validated.facts().answer())
            : Revalidation.unconditional(fields);
    Headers forAll = Unkeyed.without(services.codings().forStore(head, asked), asked);
    MultiMap outgoing = services.outgoing().of(call, forAll);
    Rule rule = asked.rule();
    OriginCall originCall =
        new OriginCall(
            asked.request().method(),
            asked.request().target(),
            outgoing,
            call.context(),
            awaited ? call : null,
            rule == null ? null : rule.timeout());
    originCall.upstream(rule == null ? null : rule.upstream());
    Uploads.add(call, originCall);
    originCall.standIn(stored == null ? null : new StoredStandIn(asked, stored.facts(), services));
    return originCall;
  }

  /** Returns what is stale for those who have nothing yet where a body breaks off. */
  private @Nullable Answer standIn() {
    Prepared old = stored;
    boolean may = sent != null && sent.mayStandIn();
    return old != null && may ? old.facts().answer() : null;
  }

  private void note(int status, Reason became) {
    if (awaited) {
      call.passage().forwarded(status);
      call.passage().became(became);
    }
  }

  /** Takes the end of one call to the upstream. */
  private final class Landed implements Landing.Receiver {

    private final @Nullable Prepared validated;
    private final Position position;
    private final Consumer<Outcome> then;
    private boolean told;

    private Landed(@Nullable Prepared validated, Position position, Consumer<Outcome> then) {
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
        ask(null, position, then);
        return;
      }
      note(304, renewal.reason());
      cookies = ownCookies(incoming.head().headers());
      refreshed(renewal.outcome() == Renewal.Outcome.KEEP);
      if (renewal.outcome() == Renewal.Outcome.KEEP) {
        keep(answer);
      } else {
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
        Patience.await(call.context(), stored, TIERS, go, go);
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

    private void decide(Incoming incoming) {
      Storing.Decision decision = reception.decided(incoming);
      Storing.Keep keep = decision.keep();
      int status = incoming.head().status();
      note(status, decision.reason());
      refreshed(keep != null);
      if (isForAPart(decision, incoming.head())) {
        incoming.cancel();
        tell(new Outcome.Apart(Alone.TOO_LARGE, reception.lasts(status, decision.reason())));
        return;
      }
      tell(
          keep == null
              ? new Outcome.Passing(
                  keptInParts(incoming),
                  Alone.UNSTORABLE,
                  reception.lasts(status, decision.reason()),
                  standIn())
              : new Outcome.Streamed(
                  incoming,
                  new KeepPlan(services.keeper(), asked, key, keep, position, call.context()),
                  standIn()));
    }

    /** A refresh that brings nothing to keep is not tried again by the next hit. */
    private void refreshed(boolean well) {
      if (well) {
        origin.pauses().succeeded(key);
      } else if (!awaited) {
        origin.pauses().failed(key, services.clock().instant());
      }
    }

    /**
     * The whole was asked for to be kept, and that it cannot be: who resumes a large download is
     * not to begin it again because of that.
     */
    private boolean isForAPart(Storing.Decision decision, Incoming.Head head) {
      boolean large = decision.reason() == Reason.TOO_LARGE && head.status() == 200;
      return awaited
          && large
          && asked.request().method().equals("GET")
          && asked.request().fields().has("range")
          && !"none".equals(head.headers().first("accept-ranges"));
    }

    private Incoming keptInParts(Incoming incoming) {
      Key own = call.passage().ownKey();
      return new Parts(services).kept(incoming, asked, own == null ? key : own, position);
    }

    @Override
    public void standsIn(Verdict stale, int status) {
      Passage passage = call.passage();
      if (awaited) {
        passage.standIn(stale.reason());
      }
      refreshed(false);
      Prepared old = stored;
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
}
