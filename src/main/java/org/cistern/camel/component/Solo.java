package org.cistern.camel.component;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import org.cistern.answer.Answer;
import org.cistern.answer.Position;
import org.cistern.camel.call.ClientCall;
import org.cistern.camel.call.OriginCall;
import org.cistern.camel.call.Prepared;
import org.cistern.freshness.Asked;
import org.cistern.freshness.Invalidation;
import org.cistern.freshness.Received;
import org.cistern.freshness.Renewal;
import org.cistern.freshness.Revalidation;
import org.cistern.freshness.Tags;
import org.cistern.freshness.Verdict;
import org.cistern.http.Headers;
import org.cistern.http.Target;
import org.cistern.purge.Purge;
import org.cistern.rule.Key;
import org.cistern.rule.Rule;
import org.cistern.rule.RuleBook;
import org.cistern.upstream.Incoming;
import org.cistern.upstream.UpstreamFailure;
import org.jspecify.annotations.Nullable;

/**
 * A request that goes to the upstream by itself and is answered as it comes. What it may have
 * changed there is purged before its client hears of it.
 */
final class Solo implements Landing.Receiver {

  private final ClientCall call;
  private final Asked asked;
  private final Origin origin;
  private final Services services;
  private final Rider rider;
  private final Position position;
  private @Nullable OriginCall sent;

  Solo(ClientCall call, Asked asked, Origin origin, Rider rider) {
    this.call = call;
    this.asked = asked;
    this.origin = origin;
    this.services = origin.services();
    this.rider = rider;
    this.position = services.purges().head();
  }

  void ask() {
    OriginCall mine = originCall();
    sent = mine;
    origin.route().ask(mine, landing -> landing.reach(this));
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
    addBody(originCall);
    originCall.upgrade(Upgrades.wanted(call));
    Prepared stored = FetchStep.usable(call.passage(), services);
    originCall.standIn(stored == null ? null : new StoredStandIn(asked, stored, services));
    return originCall;
  }

  /** A HEAD is put beside what is stored, so it asks for the form that is stored. */
  private MultiMap head() {
    return call.isHead() && call.passage().key() != null
        ? services
            .outgoing()
            .of(call, services.codings().forStore(Headers.copyOf(call.fields()), asked))
        : services.outgoing().of(call);
  }

  private void addBody(OriginCall originCall) {
    ReadStream<Buffer> body = call.body();
    if (body != null) {
      originCall.body(body, call.length());
    }
  }

  @Override
  public void came(Incoming incoming) {
    Incoming.Head head = incoming.head();
    invalidate(Invalidation.of(call, head.status(), head.headers()));
    if (call.isHead()) {
      renew(head);
    }
    rider.came(incoming);
  }

  @Override
  public void standsIn(Verdict stale) {
    Prepared stored = call.passage().stored();
    call.passage().reason(stale.reason());
    call.passage().forwarded(0);
    if (stored != null) {
      rider.whole(stored.facts().answer());
    }
  }

  @Override
  public void failed(UpstreamFailure failure) {
    if (mayHaveArrived(failure.kind())) {
      invalidate(Invalidation.ofUnknownOutcome(call));
    }
    rider.failed(failure);
  }

  private static boolean mayHaveArrived(UpstreamFailure.Kind kind) {
    return switch (kind) {
      case CONNECT, TLS, UNAVAILABLE, OVERLOAD, UNASKED -> false;
      default -> true;
    };
  }

  private void invalidate(Invalidation invalidation) {
    for (Target target : invalidation.targets()) {
      services.keys().sharing(target).forEach(this::invalidate);
    }
    invalidation.tags().forEach(tag -> purge(new Purge.Scope.Tag(tag)));
  }

  private void invalidate(Target target) {
    RuleBook rules = services.rules().get();
    if (rules.keepsAnswersOf(target)) {
      purge(new Purge.Scope.Uri(target));
    }
    if (rules.sharesAnswersAmongQueriesOf(target)) {
      purge(new Purge.Scope.Tag(Tags.ofPath(target)));
    }
  }

  private void purge(Purge.Scope scope) {
    services.purges().append(new Purge(scope, true));
  }

  /** A HEAD says whether the stored answer to GET still holds (RFC 9111 section 4.3.5). */
  private void renew(Incoming.Head head) {
    Prepared stored = FetchStep.usable(call.passage(), services);
    Key key = call.passage().key();
    if (stored == null || key == null) {
      return;
    }
    Renewal renewal =
        Revalidation.afterHead(asked, stored.facts().answer(), received(head), position);
    switch (renewal.outcome()) {
      case KEEP -> keep(key, renewal);
      case MISMATCH -> services.keeper().forget(asked, key, stored.facts().answer());
      case PASS -> call.passage().became(renewal.reason());
    }
  }

  private void keep(Key key, Renewal renewal) {
    Answer answer = renewal.answer();
    if (answer != null) {
      services.keeper().keep(asked, key, answer);
    }
  }

  private Received received(Incoming.Head head) {
    return new Received(
        head.status(),
        services.codings().toStore(head, asked),
        head.length(),
        head.closeDelimited(),
        head.maimed(),
        head.requestTime(),
        head.responseTime());
  }
}
