package org.cistern.upstream.endpoint;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.cistern.upstream.endpoint.InstanceHealth.Phase;
import org.cistern.upstream.options.Instance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the log when one address of an instance goes out and when it is back, once each. */
public final class HealthLog implements Consumer<Phase> {

  private static final Logger LOG = LoggerFactory.getLogger(HealthLog.class);

  private final String upstream;
  private final String place;
  private final AtomicBoolean out = new AtomicBoolean();

  /** Begins with an instance that is in. */
  public HealthLog(String upstream, Instance instance, String address) {
    this.upstream = upstream;
    this.place = instance.at(address);
  }

  @Override
  public void accept(Phase phase) {
    if (out.compareAndSet(!phase.isOut(), phase.isOut())) {
      tell(phase);
    }
  }

  private void tell(Phase phase) {
    if (!phase.isOut()) {
      LOG.info("upstream {}: {} is back", upstream, place);
    } else {
      LOG.warn("upstream {}: {} is out: {}", upstream, place, why(phase));
    }
  }

  private static String why(Phase phase) {
    return phase == Phase.DOWN ? "its health checks fail" : "requests to it failed in a row";
  }
}
