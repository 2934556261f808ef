package org.cistern.camel.component;

import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.cistern.answer.Answer;
import org.cistern.camel.call.ClientCall;
import org.cistern.camel.call.Passage;
import org.cistern.camel.call.QueryKeys;
import org.cistern.camel.keep.Shelf;
import org.cistern.camel.service.Services;
import org.cistern.freshness.Asked;
import org.cistern.rule.Key;
import org.cistern.rule.Rule;
import org.cistern.tier.memory.Kept;
import org.jspecify.annotations.Nullable;

/** Asks the memory tier: the shortest way to an answer. */
final class MemoryStep extends ClientStep {

  private final Services services;

  MemoryStep(CisternEndpoint endpoint, Services services) {
    super(endpoint);
    this.services = services;
  }

  @Override
  boolean run(ClientCall call, Exchange exchange, AsyncCallback callback) {
    Passage passage = call.passage();
    Asked asked = passage.asked();
    Key key = passage.key();
    if (asked == null || key == null || call.answered()) {
      return true;
    }
    Rule rule = asked.rule();
    if (rule != null && rule.keep().strategy().memory()) {
      ask(call, asked, rule, passage.keys() == null ? key : chosen(call, key));
    }
    return true;
  }

  /**
   * Of an answer for several queries and one for this query alone the newer is the one to use (RFC
   * 9111 section 4).
   */
  private Key chosen(ClientCall call, Key key) {
    QueryKeys keys = call.passage().keys();
    if (keys == null || !Shelf.isNewer(peek(call, keys.own()), peek(call, keys.shared()))) {
      return key;
    }
    call.passage().key(keys.own());
    return keys.own();
  }

  private @Nullable Answer peek(ClientCall call, Key key) {
    Kept kept = services.memory().peek(key, call.fields());
    return kept != null && kept.isAliveAt(call.arrival()) ? kept.answer() : null;
  }

  private void ask(ClientCall call, Asked asked, Rule rule, Key key) {
    call.passage().askMemory();
    Kept kept = services.memory().lookup(key, call.fields(), call.arrival());
    if (kept != null) {
      services.shelf().take(call, asked, rule, key, kept);
    } else if (services.memory().holds(key)) {
      call.passage().seeVariants();
    }
  }
}
