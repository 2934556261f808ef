package org.cistern.camel.fetch;

import io.vertx.core.MultiMap;
import java.util.List;
import java.util.function.Consumer;
import org.cistern.answer.Answer;
import org.cistern.answer.Position;
import org.cistern.camel.call.ClientCall;
import org.cistern.camel.call.OriginCall;
import org.cistern.camel.call.Prepared;
import org.cistern.camel.fetch.ask.Unkeyed;
import org.cistern.camel.service.Services;
import org.cistern.flight.Outcome;
import org.cistern.flight.Pilot;
import org.cistern.freshness.Asked;
import org.cistern.freshness.Revalidation;
import org.cistern.http.Fields;
import org.cistern.http.Headers;
import org.cistern.rule.Key;
import org.cistern.rule.Rule;
import org.jspecify.annotations.Nullable;

/** Fetches for the store: asks with the validators of what is stored, or for the whole. */
final class CachePilot implements Pilot {

  private final Origin origin;
  private final Services services;
  private final ClientCall call;
  private final Asked asked;
  private final Key key;
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
    this.awaited = awaited;
    this.found = call.passage().stored();
  }

  /** Tells whether it was this one that asked the upstream. */
  boolean flew() {
    return flew;
  }

  Origin origin() {
    return origin;
  }

  ClientCall call() {
    return call;
  }

  Asked asked() {
    return asked;
  }

  Key key() {
    return key;
  }

  /** Tells whether the client waits for it. */
  boolean isAwaited() {
    return awaited;
  }

  /** Returns what was stored when it took off, or null. */
  @Nullable Prepared stored() {
    return stored;
  }

  /** Returns the call to the upstream that was made last, or null. */
  @Nullable OriginCall sent() {
    return sent;
  }

  /** Keeps the cookies of a 304 for its client. */
  void cookies(List<String> own) {
    cookies = own;
  }

  /** Returns the cookies that a 304 set for the client that it answered; no store has them. */
  List<String> cookies() {
    return cookies;
  }

  @Override
  public void fetch(Position position, Consumer<Outcome> then) {
    flew = true;
    // Asked only now that the position is taken: a purge may have come while it waited for others.
    stored = services.shelf().usable(key, found, asked);
    Answer meanwhile = awaited ? new Meanwhile(call, asked, key, services).answer() : null;
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

  /** Asks for the whole, after a 304 that told nothing. */
  void askForAll(Position position, Consumer<Outcome> then) {
    ask(null, position, then);
  }

  private void ask(@Nullable Prepared validated, Position position, Consumer<Outcome> then) {
    OriginCall mine = originCall(validated);
    sent = mine;
    origin
        .route()
        .ask(
            mine,
            origin.patience(asked.rule()),
            landing -> landing.reach(new CacheLanding(this, validated, position, then)));
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
    originCall.standIn(
        stored == null ? null : new StoredStandIn(asked, key, stored.facts(), services));
    return originCall;
  }

  /** Returns what is stale for those who have nothing yet where a body breaks off, or null. */
  @Nullable Answer standIn() {
    Prepared old = stored;
    boolean may = sent != null && sent.mayStandIn();
    return old != null && may ? old.facts().answer() : null;
  }
}
