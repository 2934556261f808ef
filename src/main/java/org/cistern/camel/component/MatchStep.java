package org.cistern.camel.component;

import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.cistern.camel.call.ClientCall;
import org.cistern.camel.call.CodedTag;
import org.cistern.camel.call.Passage;
import org.cistern.camel.call.QueryKeys;
import org.cistern.camel.fetch.Upgrades;
import org.cistern.camel.service.Services;
import org.cistern.freshness.Asked;
import org.cistern.freshness.Reason;
import org.cistern.http.HopByHop;
import org.cistern.http.directive.RequestDirectives;
import org.cistern.http.uri.UrlVariation;
import org.cistern.rule.Key;
import org.cistern.rule.Keys;
import org.cistern.rule.Rule;
import org.jspecify.annotations.Nullable;

/** Finds the rule that speaks of a request, its user, and the key of its answers. */
final class MatchStep extends ClientStep {

  private final Services services;

  MatchStep(CisternEndpoint endpoint, Services services) {
    super(endpoint);
    this.services = services;
  }

  @Override
  boolean run(ClientCall call, Exchange exchange, AsyncCallback callback) {
    Passage passage = call.passage();
    CodedTag.translate(call.head());
    Rule rule = services.rules().get().match(call);
    Asked asked = asked(call, rule);
    passage.asked(asked);
    if (rule == null || !asked.isRead() || !mayUseCache(call)) {
      return true;
    }
    if (!asked.isReadByBody() && call.hasBody() && call.length() != 0) {
      // It asks for more than its head says: its answer is nobody else's.
      passage.reason(Reason.BODY);
      return true;
    }
    if (!asked.isReadByBody()) {
      key(call, rule, asked);
    } else if (rule.keep().store()) {
      new BodyKey(call, asked, rule, services, callback).make();
      return false;
    }
    return true;
  }

  private void key(ClientCall call, Rule rule, Asked asked) {
    Keys keys = services.keys();
    UrlVariation said = keys.variation(rule, call.target());
    Key own = keys.key(rule, call, asked.owner(), null);
    if (said == null) {
      call.passage().key(own);
    } else {
      Key shared = keys.sharedKey(rule, call, asked.owner(), said);
      call.passage().keys(new QueryKeys(shared, said, own));
    }
  }

  private static boolean mayUseCache(ClientCall call) {
    return Upgrades.wanted(call) == null && HopByHop.nominated(call.fields()).mayUseCache();
  }

  private Asked asked(ClientCall call, @Nullable Rule rule) {
    RequestDirectives directives = RequestDirectives.of(call.fields());
    if (rule == null || !rule.key().perUser()) {
      return Asked.ofNobody(call, directives, rule);
    }
    return services.users().identify(call, directives, rule);
  }
}
