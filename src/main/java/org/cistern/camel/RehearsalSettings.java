package org.cistern.camel;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.cistern.camel.settings.Setting;
import org.cistern.camel.settings.Settings;
import org.cistern.camel.settings.SettingsLoader;

/** All that is set, but for where a rehearsal listens, whom it asks, and what it writes to. */
final class RehearsalSettings {

  private static final String NAMED = "CISTERN_UPSTREAM_";

  private final Settings real;
  private final Map<String, String> environment;
  private final Properties file = new Properties();

  private RehearsalSettings(Map<String, String> environment, Properties file) {
    this.real = SettingsLoader.load(environment, file);
    this.environment = new HashMap<>(environment);
    file.stringPropertyNames().forEach(key -> this.file.put(key, file.getProperty(key)));
  }

  /**
   * Returns the settings of a rehearsal.
   *
   * @param folder what it writes is there
   * @throws org.cistern.camel.settings.SettingsException where what is set is wrong
   */
  static Settings of(Map<String, String> environment, Properties file, Path folder) {
    RehearsalSettings settings = new RehearsalSettings(environment, file);
    settings.stayHere(folder);
    settings.askNobody();
    return SettingsLoader.load(settings.environment, settings.file);
  }

  private void stayHere(Path folder) {
    set(Setting.HOST, "127.0.0.1");
    set(Setting.PORT, "0");
    set(Setting.MANAGEMENT_HOST, "127.0.0.1");
    set(Setting.MANAGEMENT_PORT, "0");
    set(Setting.L3_STORAGE_PATH, folder.toString());
    set(Setting.DRAIN_DELAY, "0s");
    if (!"off".equals(real.text(Setting.ACCESS_LOG))) {
      set(Setting.ACCESS_LOG, folder.resolve("access.log").toString());
    }
  }

  /** The demonstration answers in place of the upstream, and does not speak TLS. */
  private void askNobody() {
    unset(Setting.UPSTREAM_URL);
    unset(Setting.UPSTREAM_HTTP2);
    // Never asked, but a name that is looked up.
    set(Setting.UPSTREAM_FALLBACK_URL, "http://localhost:1");
    real.upstreams().forEach(this::nowhere);
  }

  private void nowhere(String name, Settings own) {
    String variable = NAMED + name.toUpperCase(Locale.ROOT).replace('-', '_');
    set(variable + "_URL", nowhere(own.text(Setting.UPSTREAM_URL)));
    if (own.has(Setting.UPSTREAM_FALLBACK_URL)) {
      set(variable + "_FALLBACK_URL", nowhere(own.text(Setting.UPSTREAM_FALLBACK_URL)));
    }
  }

  /** HTTP/2 is set only with https, so that stays. */
  private static String nowhere(String url) {
    boolean tls = url.toLowerCase(Locale.ROOT).startsWith("https:");
    return (tls ? "https" : "http") + "://localhost:1";
  }

  private void set(Setting setting, String value) {
    set(setting.variable(), value);
  }

  private void set(String variable, String value) {
    environment.remove(variable + "_FILE");
    environment.put(variable, value);
  }

  private void unset(Setting setting) {
    environment.remove(setting.variable() + "_FILE");
    environment.remove(setting.variable());
    file.remove(setting.key());
  }
}
