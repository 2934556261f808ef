package org.cistern.camel.fetch;

import io.vertx.core.MultiMap;
import java.time.Duration;
import java.util.Set;
import org.cistern.answer.Answer;
import org.cistern.answer.Position;
import org.cistern.camel.call.ClientCall;
import org.cistern.camel.call.OriginCall;
import org.cistern.camel.call.Prepared;
import org.cistern.camel.fetch.ask.FlightClass;
import org.cistern.camel.fetch.ask.Landing;
import org.cistern.camel.fetch.ask.Snapshots;
import org.cistern.camel.fetch.store.Completion;
import org.cistern.camel.fetch.store.KeptAlone;
import org.cistern.camel.fetch.store.Parts;
import org.cistern.camel.fetch.store.Posted;
import org.cistern.camel.fetch.store.Recall;
import org.cistern.camel.fetch.store.Reception;
import org.cistern.camel.keep.KeepPlan;
import org.cistern.camel.service.Services;
import org.cistern.freshness.Asked;
import org.cistern.freshness.Invalidation;
import org.cistern.freshness.Reason;
import org.cistern.freshness.Renewal;
import org.cistern.freshness.Revalidation;
import org.cistern.freshness.Storing;
import org.cistern.freshness.Verdict;
import org.cistern.http.Headers;
import org.cistern.http.uri.Target;
import org.cistern.rule.Key;
import org.cistern.rule.Rule;
import org.cistern.upstream.message.Incoming;
import org.cistern.upstream.message.UpstreamFailure;
import org.jspecify.annotations.Nullable;

/**
 * A request that goes to the upstream by itself and is answered as it comes. What it may have
 * changed there is purged before its client hears of it.
 */
final class Solo implements Landing.Receiver {

  /** A HEAD that took longer renews nothing. */
  private static final Duration LONGEST_RENEWAL = Duration.ofMinutes(1);

  private final ClientCall call;
  private final Asked asked;
  private final Origin origin;
  private final Services services;
  private final Rider rider;
  private final Position position;
  private @Nullable OriginCall sent;
  private @Nullable Completion completion;

  Solo(ClientCall call, Asked asked, Origin origin, Rider rider) {
    this.call = call;
    this.asked = asked;
    this.origin = origin;
    this.services = origin.services();
    this.rider = rider;
    this.position = services.purges().head();
  }

  void ask() {
    completion = Completion.of(call, asked, services);
    send();
  }

  private void send() {
    OriginCall mine = originCall();
    sent = mine;
    origin.route().ask(mine, origin.patience(asked.rule()), landing -> landing.reach(this));
  }

  /** Gives the request up; its client went away. */
  void cancel() {
    if (sent != null) {
      sent.cancel();
    }
  }

  private OriginCall originCall() {
    MultiMap head = head();
    Rule rule = asked.rule();
    OriginCall originCall =
        new OriginCall(
            call.method(),
            call.target(),
            head,
            call.context(),
            call,
            rule == null ? null : rule.timeout());
    originCall.upstream(rule == null ? null : rule.upstream());
    Uploads.add(call, originCall);
    originCall.upgrade(Upgrades.wanted(call));
    Prepared stored = stored();
    originCall.standIn(
        stored == null
            ? null
            : new StoredStandIn(asked, call.passage().key(), stored.facts(), services));
    return originCall;
  }

  private @Nullable Prepared stored() {
    Key key = call.passage().key();
    return key == null ? null : services.shelf().usable(key, call.passage().stored(), asked);
  }

  /** A HEAD is put beside what is stored, so it asks for the form that is stored. */
  private MultiMap head() {
    if (completion != null) {
      return services.outgoing().of(call, completion.head());
    }
    return call.isHead() && call.passage().key() != null
        ? services
            .outgoing()
            .of(call, services.codings().forStore(Headers.copyOf(call.fields()), asked))
        : services.outgoing().of(call);
  }

  @Override
  public void came(Incoming incoming) {
    Completion begun = completion;
    if (begun != null && begun.failed(incoming)) {
      // It is not what the client asked for, and cannot be made that.
      completion = null;
      incoming.cancel();
      send();
      return;
    }
    Incoming.Head head = incoming.head();
    if (call.isHead()) {
      renew(incoming);
    }
    Set<Target> askedUnder = AskedUnder.of(sent, incoming, services);
    Posted posted = Posted.of(call, position, incoming, askedUnder, services);
    AfterWrite.purge(
        services,
        call,
        asked.isReadByBody()
            ? Invalidation.none()
            : Invalidation.of(call, head.status(), head.headers(), askedUnder),
        own -> {
          if (posted != null) {
            posted.entered(own);
          }
        },
        () -> answer(incoming, posted));
  }

  private void answer(Incoming incoming, @Nullable Posted posted) {
    if (posted != null && posted.isKept()) {
      call.passage().became(Reason.STORED);
    }
    rider.came(
        posted == null ? heeded(incoming, keptInParts(incoming)) : posted.incoming(), standIn());
  }

  /** What a response says of the store counts, though nobody shares it. */
  private Incoming heeded(Incoming incoming, Incoming kept) {
    Key key = call.passage().key();
    if (key == null || !call.method().equals("GET")) {
      return kept;
    }
    Storing.Decision decision = new Reception(services, asked).decided(incoming);
    if (decision.keep() == null) {
      return recall(key).heed(kept, decision.reason());
    }
    return rider.isRemembered() ? shared(kept, key, decision.keep()) : kept;
  }

  /** What could not be stored a moment ago can be now: it is kept, and the next ones share it. */
  private Incoming shared(Incoming incoming, Key key, Storing.Keep keep) {
    services.flights().stored(FlightClass.of(asked, key));
    Recall recall = recall(key);
    KeepPlan plan =
        new KeepPlan(
            services.keeper(),
            Snapshots.of(asked),
            key,
            keep,
            position,
            call.context(),
            misfit -> recall.heed(incoming.head(), misfit));
    Incoming kept = KeptAlone.of(incoming, asked, plan, services);
    if (kept != incoming) {
      call.passage().became(Reason.STORED);
    }
    return kept;
  }

  private Recall recall(Key key) {
    return new Recall(services, sent, asked, key, call.passage().ownKey(), stored(), position);
  }

  private @Nullable Answer standIn() {
    Prepared stored = sent != null && sent.mayStandIn() ? stored() : null;
    return stored == null ? null : stored.facts().answer();
  }

  private Incoming keptInParts(Incoming incoming) {
    Key key = call.passage().ownKey();
    Incoming kept =
        key == null ? incoming : new Parts(services).kept(incoming, asked, key, position);
    return completion == null ? kept : completion.whole(kept);
  }

  @Override
  public void standsIn(Verdict stale, int status) {
    Prepared stored = call.passage().stored();
    call.passage().standIn(stale.reason(), status);
    if (stored != null) {
      rider.whole(stored.facts().answer());
    }
  }

  @Override
  public void failed(UpstreamFailure failure) {
    // What a rule takes for a read changes nothing, whatever its method.
    if (failure.kind().mayHaveArrived() && !asked.isReadByBody()) {
      Invalidation perhaps = Invalidation.ofUnknownOutcome(call);
      AfterWrite.purge(services, call, perhaps, () -> rider.failed(failure));
    } else {
      rider.failed(failure);
    }
  }

  /** A HEAD says whether the stored answer to GET still holds (RFC 9111 section 4.3.5). */
  private void renew(Incoming incoming) {
    Prepared stored = stored();
    Key key = call.passage().key();
    if (stored == null || key == null || isOld()) {
      return;
    }
    Incoming.Head head = incoming.head();
    Recall recall = recall(key);
    Renewal renewal =
        Revalidation.afterHead(
            asked,
            stored.facts().answer(),
            new Reception(services, asked).received(incoming),
            position);
    switch (renewal.outcome()) {
      case KEEP -> keep(key, renewal);
      case MISMATCH -> recall.heedOther(head);
      case PASS -> {
        call.passage().became(renewal.reason());
        recall.heed(head, renewal.reason());
      }
    }
  }

  /** Barriers may be reclaimed that it would have to be tested against. */
  private boolean isOld() {
    return call.arrival().plus(LONGEST_RENEWAL).isBefore(services.clock().instant());
  }

  private void keep(Key key, Renewal renewal) {
    Answer answer = renewal.answer();
    if (answer != null) {
      services.keeper().keep(asked, key, answer);
    }
  }
}
