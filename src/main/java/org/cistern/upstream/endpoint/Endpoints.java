package org.cistern.upstream.endpoint;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.BiFunction;
import org.cistern.upstream.options.Instance;
import org.jspecify.annotations.Nullable;

/** The addresses of all instances of one upstream, as last resolved. */
public final class Endpoints {

  private final Balancer balancer = new Balancer();
  private final BiFunction<Instance, String, InstanceHealth> healths;
  private volatile List<Endpoint> all;

  /** Begins with the instances' names; makes a new health for each address that comes. */
  public Endpoints(List<Instance> instances, BiFunction<Instance, String, InstanceHealth> healths) {
    this.healths = healths;
    this.all = instances.stream().map(instance -> fresh(instance, instance.host())).toList();
  }

  /** Returns those that there are now; the list does not change. */
  public List<Endpoint> all() {
    return all;
  }

  /**
   * Returns the endpoint for the next request, or null where the active check took out all of them.
   * Those already tried come last, and so do ejected ones: where nothing else is left they are
   * asked all the same, for a wrong guess must not turn a slow upstream into none.
   */
  public @Nullable Endpoint choose(Collection<Endpoint> tried, InstantSource clock) {
    List<Endpoint> snapshot = all;
    if (snapshot.size() == 1) {
      Endpoint only = snapshot.get(0);
      return only.health().isDown() ? null : only;
    }
    Instant now = clock.instant();
    Endpoint best = balancer.next(snapshot, e -> e.health().usable(now) && !tried.contains(e));
    if (best == null) {
      best = balancer.next(snapshot, e -> !e.health().isDown() && !tried.contains(e));
    }
    return best != null ? best : balancer.next(snapshot, e -> !e.health().isDown());
  }

  /** Takes new addresses of an instance; those that stay keep their load and health. */
  synchronized void resolved(Instance instance, List<String> addresses) {
    List<Endpoint> next = new ArrayList<>();
    for (Endpoint endpoint : all) {
      if (!endpoint.instance().equals(instance)) {
        next.add(endpoint);
      }
    }
    addresses.stream().distinct().forEach(address -> next.add(kept(instance, address)));
    all = List.copyOf(next);
  }

  private Endpoint kept(Instance instance, String address) {
    for (Endpoint endpoint : all) {
      if (endpoint.instance().equals(instance) && endpoint.address().equals(address)) {
        return endpoint;
      }
    }
    return fresh(instance, address);
  }

  private Endpoint fresh(Instance instance, String address) {
    return new Endpoint(instance, address, healths.apply(instance, address));
  }
}
