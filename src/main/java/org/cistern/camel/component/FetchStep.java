package org.cistern.camel.component;

import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.cistern.camel.call.ClientCall;
import org.cistern.camel.call.Passage;
import org.cistern.camel.call.Refusals;
import org.cistern.camel.call.Reply;
import org.cistern.camel.fetch.Origin;
import org.cistern.camel.fetch.Rider;
import org.cistern.camel.fetch.ask.OriginRoute;
import org.cistern.camel.fetch.store.Parts;
import org.cistern.camel.forward.LastHop;
import org.cistern.camel.service.Services;
import org.cistern.freshness.Asked;
import org.cistern.freshness.Freshness;
import org.cistern.freshness.Standing;
import org.cistern.freshness.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * Asks the upstream for what no tier could answer, and for what a tier answered stale: together
 * with everybody who wants the same, or alone where the answer cannot be shared.
 */
final class FetchStep extends ClientStep {

  private final Services services;
  private final Origin origin;
  private final Parts parts;

  FetchStep(CisternEndpoint endpoint, Services services, OriginRoute route) {
    super(endpoint);
    this.services = services;
    this.origin = new Origin(services, route);
    this.parts = new Parts(services);
  }

  @Override
  boolean run(ClientCall call, Exchange exchange, AsyncCallback callback) {
    Passage passage = call.passage();
    if (call.answered()) {
      refresh(call, passage);
      return true;
    }
    Reply last = LastHop.reply(call);
    if (last != null) {
      call.reply(last);
      return true;
    }
    Asked asked = asked(call, passage);
    if (parts.answer(call, asked)) {
      return true;
    }
    Verdict verdict = verdict(call, passage, asked);
    if (passage.reason() == null) {
      passage.asks(verdict.reason());
    }
    if (verdict.refuses()) {
      call.reply(
          Refusals.problem(504, "Not cached", "Only a cached answer was wanted; there is none."));
      return true;
    }
    return fetch(call, asked, exchange, callback);
  }

  private void refresh(ClientCall call, Passage passage) {
    Verdict verdict = passage.verdict();
    if (verdict != null && verdict.refreshes()) {
      origin.refresh(call);
    }
  }

  /** Without a match step nothing is known of the request: it passes. */
  private static Asked asked(ClientCall call, Passage passage) {
    Asked asked = passage.asked();
    if (asked == null) {
      asked = Asked.of(call, null);
      passage.asked(asked);
    }
    return asked;
  }

  private Verdict verdict(ClientCall call, Passage passage, Asked asked) {
    @Nullable Verdict found = passage.verdict();
    return found != null ? found : Freshness.judge(asked, null, Standing.GOOD, call.arrival());
  }

  private boolean fetch(ClientCall call, Asked asked, Exchange exchange, AsyncCallback callback) {
    Rider rider = new Rider(call, asked, origin, exchange, callback);
    if (call.passage().key() == null || call.isHead()) {
      rider.goAlone();
    } else {
      rider.board(services.flights());
    }
    return false;
  }
}
