package org.cistern.camel.fetch;

import org.cistern.answer.Answer;
import org.cistern.camel.call.ClientCall;
import org.cistern.camel.call.Prepared;
import org.cistern.camel.keep.Shelf;
import org.cistern.camel.service.Services;
import org.cistern.freshness.Asked;
import org.cistern.freshness.Freshness;
import org.cistern.freshness.Standing;
import org.cistern.rule.Key;
import org.cistern.rule.Rule;
import org.cistern.tier.memory.Kept;
import org.jspecify.annotations.Nullable;

/**
 * What memory has got between a request's look-up and its take-off, as another flight landed.
 *
 * @param call the client's request
 * @param asked the same, a copy that outlives it
 * @param key its key
 * @param services what the steps work with
 */
record Meanwhile(ClientCall call, Asked asked, Key key, Services services) {

  /** Returns an answer that may be served, and that the look-up had not found; or null. */
  @Nullable Answer answer() {
    Rule rule = asked.rule();
    if (rule == null || !call.passage().askedMemory()) {
      return null;
    }
    Kept kept = services.memory().peek(key, asked.request().fields());
    if (kept == null || !kept.isAliveAt(services.clock().instant()) || isKnown(kept)) {
      return null;
    }
    return serves(kept.answer(), rule) ? kept.answer() : null;
  }

  private boolean serves(Answer answer, Rule rule) {
    Prepared prepared = Prepared.of(answer, rule, services.heads());
    Standing standing = Shelf.standing(services.purges(), asked, answer);
    return Freshness.judge(asked, prepared.facts(), standing, services.clock().instant()).serves();
  }

  @SuppressWarnings("ReferenceEquality") // Another one may be alike, and fresher.
  private boolean isKnown(Kept kept) {
    Prepared seen = call.passage().stored();
    return seen != null && seen.facts().answer() == kept.answer();
  }
}
