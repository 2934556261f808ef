package org.cistern.camel;

import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cistern.camel.settings.Setting;
import org.cistern.camel.settings.Settings;
import org.cistern.camel.settings.SettingsException;
import org.cistern.upstream.Instance;
import org.cistern.upstream.TlsOptions;
import org.cistern.upstream.Upstream;
import org.cistern.upstream.UpstreamClient;
import org.cistern.upstream.UpstreamEvents;
import org.cistern.upstream.UpstreamOptions;
import org.cistern.upstream.UpstreamUrls;
import org.cistern.upstream.Upstreams;

/** Makes the upstreams that the settings name. */
final class UpstreamSetup {

  private static final String PRIMARY = "primary";
  private static final String FALLBACK = "fallback";

  private final Settings settings;
  private final List<String> problems = new ArrayList<>();

  private UpstreamSetup(Settings settings) {
    this.settings = settings;
  }

  /**
   * Makes the upstreams.
   *
   * @param port the gateway's own port, where the demonstration API is
   * @throws SettingsException with a sentence per wrong URL or file
   */
  static Upstreams of(
      Settings settings, int port, Vertx vertx, InstantSource clock, UpstreamEvents events) {
    return new UpstreamSetup(settings).make(port, vertx, clock, events);
  }

  private Upstreams make(int port, Vertx vertx, InstantSource clock, UpstreamEvents events) {
    Map<String, Upstream> upstreams = new LinkedHashMap<>();
    String url = settings.text(Setting.UPSTREAM_URL);
    String demonstration = "http://127.0.0.1:" + port + "/demonstration";
    add(upstreams, PRIMARY, Setting.UPSTREAM_URL, url.isEmpty() ? demonstration : url);
    String second = settings.text(Setting.UPSTREAM_FALLBACK_URL);
    if (!second.isEmpty()) {
      add(upstreams, FALLBACK, Setting.UPSTREAM_FALLBACK_URL, second);
    }
    if (!problems.isEmpty()) {
      throw new SettingsException(problems);
    }
    Map<String, UpstreamClient> clients = new LinkedHashMap<>();
    upstreams.forEach(
        (name, upstream) -> clients.put(name, new UpstreamClient(vertx, upstream, clock, events)));
    return new Upstreams(clients, PRIMARY, second.isEmpty() ? null : FALLBACK);
  }

  private void add(Map<String, Upstream> upstreams, String name, Setting setting, String urls) {
    try {
      List<Instance> instances = UpstreamUrls.parse(setting.key(), urls);
      Upstream upstream = new Upstream(name, instances, options());
      problems.addAll(upstream.problems());
      upstreams.put(name, upstream);
    } catch (IllegalArgumentException e) {
      problems.add(String.valueOf(e.getMessage()));
    }
  }

  private UpstreamOptions options() {
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
    return checked(options);
  }

  private UpstreamOptions checked(UpstreamOptions options) {
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
