package org.cistern.upstream.exchange;

import org.cistern.upstream.breaker.CircuitBreaker;
import org.cistern.upstream.endpoint.InstanceHealth;
import org.cistern.upstream.message.UpstreamFailure;
import org.cistern.upstream.options.Instance;

/** Is told what happens at an upstream; from any event loop, so it must be quick and safe. */
public interface UpstreamEvents {

  /** Listens to nothing. */
  UpstreamEvents NONE = new UpstreamEvents() {};

  /** A request was written to an instance. */
  default void sent(String upstream, Instance instance) {}

  /** A response's head came, {@code nanos} after the request was sent. */
  default void headReceived(String upstream, Instance instance, int status, long nanos) {}

  /** A request got no response, or its body did not come whole. */
  default void failed(String upstream, UpstreamFailure.Kind kind) {}

  /** A request is tried again after this kind of failure. */
  default void retried(String upstream, UpstreamFailure.Kind after) {}

  /** An instance went from one state of health to another. */
  default void health(String upstream, Instance instance, InstanceHealth.Phase phase) {}

  /** The circuit breaker went to another state. */
  default void breaker(String upstream, CircuitBreaker.Phase phase) {}
}
