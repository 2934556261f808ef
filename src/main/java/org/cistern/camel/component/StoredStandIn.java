package org.cistern.camel.component;

import org.cistern.camel.call.Prepared;
import org.cistern.camel.call.StandIn;
import org.cistern.freshness.Asked;
import org.cistern.freshness.StaleIfError;
import org.cistern.freshness.Standing;
import org.cistern.freshness.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * A stored answer as the one that stands in for a failing upstream.
 *
 * @param asked the request
 * @param stored the answer
 * @param services the purge log, which has the last word, and the clock
 */
record StoredStandIn(Asked asked, Prepared stored, Services services) implements StandIn {

  @Override
  public @Nullable Verdict onStatus(int status) {
    return StaleIfError.onStatus(
        asked, stored.facts(), standing(), status, services.clock().instant());
  }

  @Override
  public @Nullable Verdict onFailure() {
    return StaleIfError.onFailure(asked, stored.facts(), standing(), services.clock().instant());
  }

  private Standing standing() {
    return Shelf.standing(services.purges().covers(stored.facts().answer()));
  }
}
