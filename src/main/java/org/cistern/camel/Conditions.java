package org.cistern.camel;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.cistern.camel.engine.ManagementServer.Condition;
import org.cistern.camel.settings.Setting;
import org.cistern.tier.disk.DiskTier;
import org.cistern.upstream.UpstreamClient;
import org.cistern.upstream.breaker.CircuitBreaker;
import org.cistern.upstream.endpoint.InstanceHealth;
import org.jspecify.annotations.Nullable;

/**
 * How the parts are that a gateway can do without for a while: with an upstream away it answers
 * what it keeps, with the disk away it keeps less. They make {@code /observe/health} DOWN, for
 * people to see, and have no bearing on readiness and liveness: a restart would mend neither of
 * them.
 */
final class Conditions {

  private Conditions() {}

  static List<Condition> of(Gateway gateway) {
    List<Condition> all = new ArrayList<>();
    gateway.upstreams().all().forEach(client -> all.add(upstream(client)));
    all.add(disk(gateway));
    String rules = gateway.rules().rules().size() + " in force";
    all.add(new Condition("rules", true, rules));
    return all;
  }

  private static Condition upstream(UpstreamClient client) {
    boolean open = client.breaker() == CircuitBreaker.Phase.OPEN;
    boolean away = client.conditions().stream().allMatch(instance -> isAway(instance.phase()));
    String message =
        open ? "the circuit breaker is open" : away ? "no instance is up: " + names(client) : null;
    return new Condition("upstream-" + client.upstream().name(), !open && !away, message);
  }

  private static boolean isAway(InstanceHealth.Phase phase) {
    return phase == InstanceHealth.Phase.EJECTED || phase == InstanceHealth.Phase.DOWN;
  }

  private static String names(UpstreamClient client) {
    return client.conditions().stream()
        .map(instance -> instance.instance().toString())
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private static Condition disk(Gateway gateway) {
    String problem = problem(gateway);
    boolean off = !gateway.settings().flag(Setting.L3_ENABLED);
    return new Condition("disk", problem == null, off ? "off" : problem);
  }

  private static @Nullable String problem(Gateway gateway) {
    if (!gateway.settings().flag(Setting.L3_ENABLED)) {
      return null;
    }
    DiskTier tier = gateway.tiers().disk();
    if (tier == null) {
      return gateway.storage().problem();
    }
    if (!tier.isOpen()) {
      return gateway.storage().folder() + ": the file cannot be opened";
    }
    return gateway.isDiskFailing() ? gateway.storage().folder() + ": the last write failed" : null;
  }
}
