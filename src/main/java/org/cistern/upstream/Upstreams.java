package org.cistern.upstream;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All upstreams by their names, each perhaps with another one that stands in for it. */
public final class Upstreams {

  /** The name of the upstream for requests that name none. */
  public static final String PRIMARY = "primary";

  private final Map<String, UpstreamClient> clients;
  private final Map<String, UpstreamClient> fallbacks;

  /**
   * Takes the upstreams.
   *
   * @param fallbacks the second upstreams, by the names of those that they stand in for
   * @throws IllegalArgumentException with a sentence, where the primary one is not among them
   */
  public Upstreams(Map<String, UpstreamClient> clients, Map<String, UpstreamClient> fallbacks) {
    this.clients = Map.copyOf(clients);
    this.fallbacks = Map.copyOf(fallbacks);
    if (!clients.containsKey(PRIMARY)) {
      throw new IllegalArgumentException(
          "There is no upstream \"%s\"; there are %s.".formatted(PRIMARY, clients.keySet()));
    }
  }

  /** Returns the upstream to ask where that of this name fails, or null where there is none. */
  public @Nullable UpstreamClient fallbackOf(String name) {
    return fallbacks.get(name);
  }

  /** Returns the upstream of this name, or null where there is none. */
  public @Nullable UpstreamClient named(String name) {
    return clients.get(name);
  }

  /** Returns the names of the upstreams. */
  public Set<String> names() {
    return clients.keySet();
  }

  /** Returns all upstreams. */
  public Collection<UpstreamClient> all() {
    List<UpstreamClient> all = new ArrayList<>(clients.values());
    all.addAll(fallbacks.values());
    return all;
  }
}
