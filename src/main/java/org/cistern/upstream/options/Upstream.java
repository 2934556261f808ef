package org.cistern.upstream.options;

import java.util.ArrayList;
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

  /** Returns a sentence for each thing that is wrong with it; empty where all is well. */
  public List<String> problems() {
    List<String> problems = new ArrayList<>(options.tls().problems());
    if (options.http2() && instances.stream().anyMatch(instance -> !instance.tls())) {
      problems.add(
          "The upstream \"%s\" is to speak HTTP/2, which is agreed on over TLS; %s is no https URL."
              .formatted(name, instances.stream().filter(i -> !i.tls()).findFirst().orElseThrow()));
    }
    return problems;
  }
}
