package org.cistern.upstream;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** All upstreams by their names; one of them is the default, and another may be the fallback. */
public final class Upstreams {

  private final Map<String, UpstreamClient> clients;
  private final String primary;
  private final @Nullable String fallback;

  /**
   * Takes the upstreams.
   *
   * @throws IllegalArgumentException with a sentence, where the default or the fallback is not
   *     among them
   */
  public Upstreams(Map<String, UpstreamClient> clients, String primary, @Nullable String fallback) {
    this.clients = Map.copyOf(clients);
    this.primary = primary;
    this.fallback = fallback;
    for (String wanted : fallback == null ? List.of(primary) : List.of(primary, fallback)) {
      if (!clients.containsKey(wanted)) {
        throw new IllegalArgumentException(
            "There is no upstream \"%s\"; there are %s.".formatted(wanted, clients.keySet()));
      }
    }
  }

  /** Returns the upstream for requests that name none. */
  public UpstreamClient primary() {
    return Objects.requireNonNull(clients.get(primary));
  }

  /** Returns the upstream to ask where the default one fails, or null where there is none. */
  public @Nullable UpstreamClient fallback() {
    return fallback == null ? null : clients.get(fallback);
  }

  /** Returns the upstream of this name, or null where there is none. */
  public @Nullable UpstreamClient named(String name) {
    return clients.get(name);
  }

  /** Returns all upstreams. */
  public Collection<UpstreamClient> all() {
    return clients.values();
  }
}
