package org.cistern.upstream.options;

import java.util.List;

/**
 * A named service behind Cistern and the instances that answer for it.
 *
 * @param name what rules and routes call it
 * @param instances where it answers, at least one; all equal
 * @param options its settings
 */
public record Upstream(String name, List<Instance> instances, UpstreamOptions options) {

  /**
   * Copies the instances.
   *
   * @throws IllegalArgumentException where there is none
   */
  public Upstream {
    instances = List.copyOf(instances);
    if (instances.isEmpty()) {
      throw new IllegalArgumentException("The upstream \"" + name + "\" has no instance.");
    }
  }
}
