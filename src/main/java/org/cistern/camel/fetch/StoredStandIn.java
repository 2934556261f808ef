package org.cistern.camel.fetch;

import org.cistern.camel.call.StandIn;
import org.cistern.camel.keep.Shelf;
import org.cistern.camel.service.Services;
import org.cistern.freshness.Asked;
import org.cistern.freshness.Facts;
import org.cistern.freshness.StaleIfError;
import org.cistern.freshness.Standing;
import org.cistern.freshness.Verdict;
import org.cistern.rule.Key;
import org.jspecify.annotations.Nullable;

/**
 * A stored answer as the one that stands in for a failing upstream.
 *
 * @param asked the request
 * @param key the key under which it was found, or null where another request found it
 * @param stored the answer
 * @param services the purge log, which has the last word, and the clock
 */
record StoredStandIn(Asked asked, @Nullable Key key, Facts stored, Services services)
    implements StandIn {

  /** Returns the verdict after this error, 0 where no response came; null where it may not. */
  @Nullable Verdict on(int status) {
    return status == 0 ? onFailure() : onStatus(status);
  }

  @Override
  public @Nullable Verdict onStatus(int status) {
    return StaleIfError.onStatus(asked, stored, standing(), status, services.clock().instant());
  }

  @Override
  public @Nullable Verdict onFailure() {
    return StaleIfError.onFailure(asked, stored, standing(), services.clock().instant());
  }

  private Standing standing() {
    if (key != null && services.shelf().isWithdrawn(key, asked, stored.answer())) {
      return Standing.GONE;
    }
    return Shelf.standing(services.purges(), asked, stored.answer());
  }
}
