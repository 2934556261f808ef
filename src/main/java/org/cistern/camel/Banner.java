package org.cistern.camel;

import java.util.ArrayList;
import java.util.List;
import org.apache.camel.CamelContext;
import org.cistern.camel.settings.Amount;
import org.cistern.camel.settings.Setting;
import org.cistern.camel.settings.Settings;
import org.cistern.rule.PlacedRule;
import org.cistern.rule.Problem;
import org.cistern.tier.disk.DiskTier;

/** The one screen that a start prints: where, from whom, what is kept, and what to mind. */
final class Banner {

  private Banner() {}

  static String of(
      Gateway gateway,
      CamelContext context,
      int managementPort,
      CamelRuntime camel,
      RouteFolder routes) {
    Settings settings = gateway.settings();
    StringBuilder text = new StringBuilder("Cistern is up\n");
    line(
        text,
        "listens on",
        (settings.has(Setting.TLS_CERT) ? "https://" : "http://")
            + authority(settings.text(Setting.HOST), gateway.engine().getServerPort()));
    line(
        text,
        "management",
        "http://" + authority(settings.text(Setting.MANAGEMENT_HOST), managementPort) + "/observe");
    line(text, "upstream", upstream(settings));
    if (settings.has(Setting.UPSTREAM_FALLBACK_URL)) {
      line(text, "fallback", settings.text(Setting.UPSTREAM_FALLBACK_URL));
    }
    settings.upstreams().forEach((name, own) -> line(text, "", name + ": " + named(own)));
    line(text, "memory (L1)", memory(gateway));
    line(text, "redis (L2)", redis(settings));
    line(text, "disk (L3)", disk(gateway));
    line(
        text,
        "rules",
        gateway.rules().rules().size()
            + " from "
            + RuleFile.place(settings.text(Setting.RULES_FILE)));
    line(text, "routes", context.getRoutesSize() + "");
    camel
        .wrapped(context)
        .forEach(step -> line(text, "wrapped", step + ": may block, runs on a worker"));
    camel.warnings(context).forEach(warning -> line(text, "WARNING", warning));
    warnings(gateway, routes).forEach(warning -> line(text, "WARNING", warning));
    return text.toString().stripTrailing();
  }

  /** Returns an address and a port as they stand in a URL. */
  static String authority(String host, int port) {
    return (host.indexOf(':') < 0 ? host : '[' + host + ']') + ':' + port;
  }

  private static String named(Settings own) {
    String url = own.text(Setting.UPSTREAM_URL);
    String fallback = own.text(Setting.UPSTREAM_FALLBACK_URL);
    return fallback.isEmpty() ? url : url + ", fallback " + fallback;
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append("  ").append(name).append(" ".repeat(Math.max(1, 13 - name.length())));
    text.append(value).append('\n');
  }

  private static String upstream(Settings settings) {
    String url = settings.text(Setting.UPSTREAM_URL);
    return url.isEmpty() ? "the built-in demonstration API (cistern.upstream.url is not set)" : url;
  }

  private static String memory(Gateway gateway) {
    Settings settings = gateway.settings();
    String entries = settings.text(Setting.L1_MAX_SIZE);
    return settings.text(Setting.L1_POLICY)
        + (entries.isEmpty() ? "" : ", at most " + entries + " answers")
        + ", at most "
        + Amount.ofBytes(Tiers.memoryBytes(settings))
        + ", copies for at most "
        + Amount.ofTime(settings.time(Setting.L1_TTL));
  }

  private static String redis(Settings settings) {
    return settings.has(Setting.REDIS_HOST)
        ? "set, but this version has no Redis tier yet"
        : "none";
  }

  private static String disk(Gateway gateway) {
    Settings settings = gateway.settings();
    if (!settings.flag(Setting.L3_ENABLED)) {
      return "off";
    }
    DiskTier tier = gateway.tiers().disk();
    return tier == null
        ? "off: " + gateway.storage().problem()
        : gateway.storage().folder()
            + ", at most "
            + Amount.ofBytes(settings.bytes(Setting.L3_MAX_BYTES, 0))
            + trouble(tier);
  }

  private static String trouble(DiskTier tier) {
    String problem = tier.isOpening() ? null : tier.problem();
    return problem == null ? "" : "; keeps nothing now: " + problem;
  }

  private static List<String> warnings(Gateway gateway, RouteFolder routes) {
    Settings settings = gateway.settings();
    List<String> warnings = new ArrayList<>(settings.warnings());
    warnings.addAll(OpenFiles.warnings(settings, OpenFiles.LIMITS));
    warnings.addAll(gateway.engine().warnings());
    warnings.addAll(routes.warnings(settings.text(Setting.RULES_FILE)));
    gateway.rules().warnings().stream().map(Problem::toString).forEach(warnings::add);
    gateway.rules().rules().stream()
        .map(PlacedRule::rule)
        .flatMap(rule -> Wanting.of(rule, settings).stream())
        .forEach(warnings::add);
    return warnings;
  }
}
