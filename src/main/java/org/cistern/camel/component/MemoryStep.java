package org.cistern.camel.component;

import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.cistern.camel.call.ClientCall;
import org.cistern.camel.call.Passage;
import org.cistern.rule.Key;
import org.cistern.rule.Rule;
import org.cistern.tier.Level;
import org.cistern.tier.memory.Kept;

/** Asks the memory tier: the shortest way to an answer. */
final class MemoryStep extends ClientStep {

  private final Services services;
  private final Shelf shelf;

  MemoryStep(CisternEndpoint endpoint, Services services) {
    super(endpoint);
    this.services = services;
    this.shelf = services.shelf();
  }

  @Override
  boolean run(ClientCall call, Exchange exchange, AsyncCallback callback) {
    Passage passage = call.passage();
    Key key = passage.key();
    Rule rule = passage.rule();
    if (key == null || rule == null || call.answered() || !rule.keep().strategy().memory()) {
      return true;
    }
    Kept kept = services.memory().lookup(key, call.fields(), call.arrival());
    if (kept != null) {
      shelf.take(call, rule, kept, Level.L1);
    }
    return true;
  }
}
