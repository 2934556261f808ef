package org.cistern.camel.fetch.store;

import org.cistern.camel.fetch.ask.Unkeyed;
import org.cistern.camel.service.Services;
import org.cistern.flight.Keep;
import org.cistern.freshness.Asked;
import org.cistern.freshness.Revalidation;
import org.cistern.http.Fields;
import org.cistern.upstream.message.Incoming;

/**
 * Responses to requests that went alone because the last one could not be kept, where these can be
 * after all: they are kept while they pass to their clients.
 */
public final class KeptAlone {

  private KeptAlone() {}

  /**
   * Returns the response, which is kept where the request was sent as one of the store's own would
   * be. One with a coding, or without content for the codings that were named, is the client's
   * choice and not the store's.
   */
  public static Incoming of(Incoming incoming, Asked asked, Keep keep, Services services) {
    Fields fields = asked.request().fields();
    boolean asTheStoreAsks =
        Revalidation.isUnconditional(fields)
            && !Unkeyed.hasAny(fields)
            && incoming.head().status() == 200
            && !incoming.head().headers().has("content-encoding");
    return asTheStoreAsks ? new KeptIncoming(incoming, keep, services, () -> {}) : incoming;
  }
}
