package org.cistern.camel.engine;

import java.util.List;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpConsumer;
import org.jspecify.annotations.Nullable;

/** Camel's own consumer, on its worker thread, which takes its path away from the front door. */
final class ClaimingConsumer extends VertxPlatformHttpConsumer {

  private final Claims claims;
  private Claims.@Nullable Claim claim;

  ClaimingConsumer(
      PlatformHttpEndpoint endpoint, Processor processor, String router, Claims claims) {
    super(endpoint, processor, List.of(), router);
    this.claims = claims;
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    claim = claims.claim(getEndpoint().getPath(), getEndpoint().isMatchOnUriPrefix());
  }

  @Override
  protected void doStop() throws Exception {
    if (claim != null) {
      claims.release(claim);
      claim = null;
    }
    super.doStop();
  }
}
