package org.cistern.camel.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Reads settings: the environment over the file over the defaults. */
public final class SettingsLoader {

  private static final List<String> OURS = List.of("cistern.", "cache.", "redis.");

  private final Map<String, String> environment;
  private final Properties file;
  private final List<String> problems = new ArrayList<>();
  private final Map<Setting, Object> values = new EnumMap<>(Setting.class);
  private final Map<Setting, String> texts = new EnumMap<>(Setting.class);

  private SettingsLoader(Map<String, String> environment, Properties file) {
    this.environment = environment;
    this.file = file;
  }

  /**
   * Reads and checks all settings.
   *
   * @param environment environment variables; {@code NAME_FILE} names a file that holds the value
   * @param file the properties of {@code application.properties}
   * @throws SettingsException with a sentence per wrong setting
   */
  public static Settings load(Map<String, String> environment, Properties file) {
    SettingsLoader loader = new SettingsLoader(environment, file);
    loader.refuseUnknown();
    for (Setting setting : Setting.values()) {
      loader.read(setting);
    }
    loader.refuseTogether();
    if (!loader.problems.isEmpty()) {
      throw new SettingsException(loader.problems);
    }
    return new Settings(loader.values, loader.texts);
  }

  private void refuseUnknown() {
    file.stringPropertyNames().stream()
        .filter(key -> OURS.stream().anyMatch(key::startsWith))
        .filter(key -> Setting.of(key).isEmpty())
        .sorted()
        .forEach(key -> problems.add(unknown(key)));
  }

  private static String unknown(String key) {
    return "application.properties sets "
        + key
        + ", which is not a setting; did you mean "
        + Nearest.to(key).key()
        + "?";
  }

  private void read(Setting setting) {
    String text = text(setting);
    if (text == null || text.isBlank()) {
      return;
    }
    try {
      values.put(setting, setting.kind().read().apply(text.trim()));
      texts.put(setting, text.trim());
    } catch (IllegalArgumentException | ArithmeticException e) {
      problems.add(refusal(setting, text));
    }
  }

  private static String refusal(Setting setting, String text) {
    if (setting == Setting.SERIALIZATION_METHOD && List.of("pickle", "java").contains(text)) {
      return "cache.serialization.method is "
          + text
          + ", which is unsafe: reading such a value can run code; allowed is json or binary";
    }
    String shown = setting.kind().secret() ? "a secret" : "'" + text + "'";
    return setting.key() + " is " + shown + "; allowed is " + setting.kind().allowed();
  }

  private @Nullable String text(Setting setting) {
    String direct = environment.get(setting.variable());
    if (direct != null) {
      return direct;
    }
    String path = environment.get(setting.variable() + "_FILE");
    return path != null
        ? fromFile(setting, path)
        : file.getProperty(setting.key(), setting.fallback());
  }

  private @Nullable String fromFile(Setting setting, String path) {
    try {
      return Files.readString(Path.of(path)).strip();
    } catch (IOException e) {
      problems.add(
          setting.variable() + "_FILE is '" + path + "'; allowed is a file that can be read");
      return null;
    }
  }

  private void refuseTogether() {
    long heap = Runtime.getRuntime().maxMemory();
    if (values.get(Setting.L1_MAX_BYTES) instanceof Long bytes && bytes > heap / 10 * 7) {
      problems.add(
          "cache.l1.max-bytes is "
              + bytes
              + "; allowed is at most 70% of the heap, here "
              + heap / 10 * 7);
    }
    if (values.containsKey(Setting.TLS_CERT) != values.containsKey(Setting.TLS_KEY)) {
      problems.add("cistern.tls.cert and cistern.tls.key go together; only one is set");
    }
    if (values.containsKey(Setting.UPSTREAM_TLS_CERT)
        != values.containsKey(Setting.UPSTREAM_TLS_KEY)) {
      problems.add(
          "cistern.upstream.tls.cert and cistern.upstream.tls.key go together; only one is set");
    }
    refuseIdentityTogether();
  }

  private void refuseIdentityTogether() {
    boolean file = values.containsKey(Setting.JWT_JWKS_FILE);
    boolean url = values.containsKey(Setting.JWT_JWKS_URL);
    if (file && url) {
      problems.add("cistern.jwt.jwks-url and cistern.jwt.jwks-file are both set; allowed is one");
    }
    boolean whole =
        values.containsKey(Setting.JWT_ISSUER) && values.containsKey(Setting.JWT_AUDIENCE);
    if ((file || url) && !whole) {
      problems.add(
          "cistern.jwt.issuer and cistern.jwt.audience must be set where tokens are verified");
    }
    if (values.containsKey(Setting.TLS_CLIENT_CA) && !values.containsKey(Setting.TLS_CERT)) {
      problems.add("cistern.tls.client-ca is set; allowed is that only with cistern.tls.cert");
    }
  }
}
