package org.cistern.camel.component;

import io.vertx.core.http.HttpServerRequest;
import java.util.Set;
import org.cistern.camel.call.ClientCall;
import org.cistern.camel.call.OriginCall;
import org.cistern.freshness.Asked;
import org.cistern.freshness.Invalidation;
import org.cistern.http.Target;
import org.cistern.freshness.Verdict;
import org.cistern.purge.Purge;
import org.cistern.upstream.Incoming;
import org.cistern.upstream.UpstreamFailure;

/**
 * A request that goes to the upstream by itself and is answered as it comes. What it may have
 * changed there is purged before its client hears of it.
 */
final class Solo implements Landing.Receiver {

  private final ClientCall call;
  private final Asked asked;
  private final Origin origin;
  private final Services services;
  private org.cistern.camel.component.@org.jspecify.annotations.Nullable Rider rider;

  Solo(ClientCall call, Asked asked, Origin origin) {
    this.call = call;
    this.asked = asked;
    this.origin = origin;
    this.services = origin.services();
  }
}
