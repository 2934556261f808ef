package org.cistern.upstream;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.cistern.upstream.breaker.CircuitBreaker;
import org.cistern.upstream.endpoint.InstanceHealth;
import org.cistern.upstream.exchange.UpstreamEvents;
import org.cistern.upstream.message.UpstreamFailure;
import org.cistern.upstream.options.Instance;

/** Remembers events as lines of words. */
final class Recorded implements UpstreamEvents {

  final List<String> lines = new CopyOnWriteArrayList<>();

  @Override
  public void sent(String upstream, Instance instance) {
    lines.add("sent");
  }

  @Override
  public void headReceived(String upstream, Instance instance, int status, long nanos) {
    lines.add("head " + status);
  }

  @Override
  public void failed(String upstream, UpstreamFailure.Kind kind) {
    lines.add("failed " + kind);
  }

  @Override
  public void retried(String upstream, UpstreamFailure.Kind after) {
    lines.add("retried " + after);
  }

  @Override
  public void health(String upstream, Instance instance, InstanceHealth.Phase phase) {
    lines.add("health " + phase);
  }

  @Override
  public void breaker(String upstream, CircuitBreaker.Phase phase) {
    lines.add("breaker " + phase);
  }
}
