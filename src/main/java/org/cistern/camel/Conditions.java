package org.cistern.camel;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.cistern.camel.engine.ManagementServer.Condition;
import org.cistern.camel.settings.Setting;
import org.cistern.tier.disk.DiskTier;
import org.cistern.upstream.UpstreamClient;
import org.cistern.upstream.breaker.CircuitBreaker;
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
    List<UpstreamClient.Condition> all = client.conditions();
    String out = out(all);
    boolean away = all.stream().allMatch(place -> place.phase().isOut());
    String instances = away ? "no instance is up: " + out : out.isEmpty() ? null : "out: " + out;
    return new Condition(
        "upstream-" + client.upstream().name(),
        !open && !away,
        open ? opened(instances) : instances);
  }

  private static String opened(@Nullable String instances) {
    return "the circuit breaker is open" + (instances == null ? "" : "; " + instances);
  }

  /** Returns the places that get no requests, as the log names them. */
  private static String out(List<UpstreamClient.Condition> all) {
    return all.stream()
        .filter(place -> place.phase().isOut())
        .map(place -> place.instance().at(place.address()))
        .collect(Collectors.joining(", "));
  }

  private static Condition disk(Gateway gateway) {
    String problem = problem(gateway);
    boolean off = !gateway.settings().flag(Setting.L3_ENABLED);
    return new Condition("disk", problem == null, problem == null && off ? "off" : problem);
  }

  private static @Nullable String problem(Gateway gateway) {
    String trouble = gateway.storage().trouble();
    if (trouble != null) {
      return trouble;
    }
    if (!gateway.settings().flag(Setting.L3_ENABLED)) {
      return null;
    }
    DiskTier tier = gateway.tiers().disk();
    if (tier == null) {
      return gateway.storage().problem();
    }
    String problem = tier.problem();
    return problem == null ? null : gateway.storage().folder() + ": " + problem;
  }
}
