package org.cistern.camel;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cistern.camel.settings.Setting;
import org.cistern.camel.settings.Settings;
import org.cistern.camel.settings.SettingsException;
import org.cistern.upstream.UpstreamClient;
import org.cistern.upstream.Upstreams;
import org.cistern.upstream.exchange.UpstreamEvents;
import org.cistern.upstream.options.Instance;
import org.cistern.upstream.options.TlsOptions;
import org.cistern.upstream.options.Upstream;
import org.cistern.upstream.options.UpstreamOptions;
import org.cistern.upstream.options.UpstreamUrls;

/** Makes the upstreams that the settings name. */
final class UpstreamSetup {

  private static final String FALLBACK = "fallback";

  private final Map<String, Upstream> upstreams = new LinkedHashMap<>();
  private final Map<String, Upstream> fallbacks = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();

  private UpstreamSetup() {}

  /**
   * Makes the upstreams.
   *
   * @param demonstration where the demonstration API is, for want of an upstream
   * @throws SettingsException with a sentence per wrong URL or file
   */
  static Upstreams of(
      Settings settings,
      String demonstration,
      Vertx vertx,
      InstantSource clock,
      UpstreamEvents events) {
    UpstreamSetup setup = new UpstreamSetup();
    setup.add(Upstreams.PRIMARY, FALLBACK, settings, demonstration);
    settings.upstreams().forEach((name, own) -> setup.add(name, name + "-fallback", own, ""));
    if (!setup.problems.isEmpty()) {
      throw new SettingsException(setup.problems);
    }
    return new Upstreams(
        clients(setup.upstreams, vertx, clock, events),
        clients(setup.fallbacks, vertx, clock, events));
  }

  /** Returns the names that rules may use. */
  static Set<String> names(Settings settings) {
    Set<String> names = new LinkedHashSet<>(Set.of(Upstreams.PRIMARY));
    names.addAll(settings.upstreams().keySet());
    return names;
  }

  /** Returns the names of the upstreams that get the client's own Host. */
  static Set<String> withClientHost(Settings settings) {
    Set<String> names = new LinkedHashSet<>(names(settings));
    names.removeIf(name -> !"client".equals(of(name, settings).text(Setting.UPSTREAM_HOST)));
    return names;
  }

  /** Returns the longest time that any of them may take until its response's head. */
  static Duration longestTimeout(Settings settings) {
    return names(settings).stream()
        .map(name -> of(name, settings).time(Setting.UPSTREAM_TIMEOUT))
        .reduce(Duration.ZERO, (a, b) -> a.compareTo(b) > 0 ? a : b);
  }

  private static Settings of(String name, Settings settings) {
    return settings.upstreams().getOrDefault(name, settings);
  }

  private static Map<String, UpstreamClient> clients(
      Map<String, Upstream> upstreams, Vertx vertx, InstantSource clock, UpstreamEvents events) {
    Map<String, UpstreamClient> clients = new LinkedHashMap<>();
    upstreams.forEach(
        (name, upstream) -> clients.put(name, new UpstreamClient(vertx, upstream, clock, events)));
    return clients;
  }

  private void add(String name, String second, Settings settings, String standard) {
    String url = settings.text(Setting.UPSTREAM_URL);
    add(upstreams, name, name, key(Setting.UPSTREAM_URL, name), settings, url, standard);
    String other = settings.text(Setting.UPSTREAM_FALLBACK_URL);
    if (!other.isEmpty()) {
      String key = key(Setting.UPSTREAM_FALLBACK_URL, name);
      add(fallbacks, name, second, key, settings, other, "");
    }
  }

  private static String key(Setting setting, String name) {
    boolean named = !name.equals(Upstreams.PRIMARY);
    return named
        ? setting.key().replace("cistern.upstream.", "cistern.upstream." + name + '.')
        : setting.key();
  }

  private void add(
      Map<String, Upstream> to,
      String place,
      String name,
      String key,
      Settings settings,
      String urls,
      String standard) {
    try {
      List<Instance> instances = UpstreamUrls.parse(key, urls.isEmpty() ? standard : urls);
      to.put(place, new Upstream(name, instances, options(settings)));
    } catch (IllegalArgumentException e) {
      problems.add(String.valueOf(e.getMessage()));
    }
  }

  private static UpstreamOptions options(Settings settings) {
    UpstreamOptions standard = UpstreamOptions.defaults();
    UpstreamOptions.Limits limits = standard.limits();
    UpstreamOptions options =
        standard
            .with(
                standard
                    .timeouts()
                    .with(
                        settings.time(Setting.UPSTREAM_CONNECT_TIMEOUT),
                        settings.time(Setting.UPSTREAM_TIMEOUT),
                        settings.time(Setting.UPSTREAM_IDLE_TIMEOUT)))
            .with(
                new UpstreamOptions.Limits(
                    settings.count(Setting.UPSTREAM_MAX_CONNECTIONS),
                    settings.count(Setting.UPSTREAM_MAX_WAITING),
                    limits.upgraded(),
                    limits.attempts(),
                    limits.headBytes()))
            .with(
                new TlsOptions(
                    settings.path(Setting.UPSTREAM_TLS_CA),
                    settings.path(Setting.UPSTREAM_TLS_CERT),
                    settings.path(Setting.UPSTREAM_TLS_KEY),
                    true))
            .withHttp2(settings.flag(Setting.UPSTREAM_HTTP2));
    return checked(settings, options);
  }

  private static UpstreamOptions checked(Settings settings, UpstreamOptions options) {
    String path = settings.text(Setting.UPSTREAM_HEALTH_PATH);
    if (path.isEmpty()) {
      return options;
    }
    UpstreamOptions.ActiveCheck standard = UpstreamOptions.ActiveCheck.of(path);
    return options.with(
        new UpstreamOptions.ActiveCheck(
            path,
            settings.time(Setting.UPSTREAM_HEALTH_INTERVAL),
            standard.lowest(),
            standard.highest(),
            standard.upAfter(),
            standard.downAfter()));
  }
}
