package org.cistern.camel.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.cistern.upstream.options.UpstreamUrls;

/** Reads settings: the environment over the file over the defaults. */
public final class SettingsLoader {

  /** What Camel fills in, in routes and in its own keys. */
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{.*?}}");

  private final Sources sources;
  private final List<String> problems = new ArrayList<>();
  private final Map<Setting, Object> values = new EnumMap<>(Setting.class);
  private final Map<Setting, String> texts = new EnumMap<>(Setting.class);
  private final Set<Setting> given = EnumSet.noneOf(Setting.class);

  private SettingsLoader(Map<String, String> environment, Properties file) {
    this.sources = new Sources(environment, file, problems);
  }

  /**
   * Reads and checks all settings.
   *
   * @param environment environment variables; {@code NAME_FILE} names a file that holds the value
   * @param file the properties of {@code application.properties}
   * @throws SettingsException with a sentence per wrong setting
   */
  public static Settings load(Map<String, String> environment, Properties file) {
    NamedUpstreams named = new NamedUpstreams(environment, file);
    SettingsLoader loader = new SettingsLoader(named.environment(), named.file());
    loader.problems.addAll(named.problems());
    loader.problems.addAll(CamelKeys.refusals(environment, file));
    loader.read(named.file());
    Settings settings = loader.settings(named);
    loader.problems.addAll(Ourselves.mistakes(settings));
    return loader.checked(settings);
  }

  /** Reads those of one upstream; where the gateway listens is not among them. */
  static Settings ofUpstream(Map<String, String> environment, Properties file) {
    SettingsLoader loader = new SettingsLoader(environment, file);
    loader.read(file);
    return loader.checked(new Settings(loader.values, loader.texts, List.of(), Map.of()));
  }

  private Settings settings(NamedUpstreams named) {
    List<String> warnings = new ArrayList<>(Strangers.of(named.environment()));
    warnings.addAll(NotYet.warnings(given));
    Settings common = new Settings(values, texts, warnings, Map.of());
    return new Settings(values, texts, warnings, named.over(common));
  }

  private Settings checked(Settings settings) {
    if (!problems.isEmpty()) {
      throw new SettingsException(problems);
    }
    return settings;
  }

  private void read(Properties file) {
    problems.addAll(Strangers.of(file));
    for (Setting setting : Setting.values()) {
      read(setting);
    }
    refuseTogether();
  }

  private void read(Setting setting) {
    String set = sources.given(setting);
    if (set != null) {
      given.add(setting);
    }
    String text = set == null ? setting.fallback() : set;
    if (PLACEHOLDER.matcher(text).find()) {
      problems.add(setting.refusalOfPlaceholder(text));
    } else if (!text.isEmpty()) {
      read(setting, text);
    }
  }

  private void read(Setting setting, String text) {
    try {
      texts.put(setting, text);
      values.put(setting, setting.kind().read().apply(text));
    } catch (IllegalArgumentException | ArithmeticException e) {
      problems.add(refusal(setting, text));
    }
  }

  private static String refusal(Setting setting, String text) {
    boolean form = setting == Setting.SERIALIZATION_METHOD;
    if (form && List.of("pickle", "java").contains(text.toLowerCase(Locale.ROOT))) {
      return "cache.serialization.method is '"
          + text
          + "', which is unsafe: reading such a value can run code; allowed is json or binary";
    }
    return setting.refusal(text);
  }

  private void refuseTogether() {
    long heap = Runtime.getRuntime().maxMemory();
    if (values.get(Setting.L1_MAX_BYTES) instanceof Long bytes && bytes > heap / 10 * 7) {
      problems.add(
          "cache.l1.max-bytes is '"
              + texts.get(Setting.L1_MAX_BYTES)
              + "'; allowed is at most 70% of the heap, here "
              + heap / 10 * 7);
    }
    refusePair(Setting.TLS_CERT, Setting.TLS_KEY);
    refusePair(Setting.UPSTREAM_TLS_CERT, Setting.UPSTREAM_TLS_KEY);
    refuseHttp2WithoutTls();
    refuseIdentityTogether();
  }

  private void refusePair(Setting certificate, Setting key) {
    Object one = values.get(certificate);
    Object other = values.get(key);
    if (given.contains(certificate) != given.contains(key)) {
      problems.add(given.contains(key) ? alone(key, certificate) : alone(certificate, key));
    } else if (one instanceof Path chain
        && other instanceof Path file
        && !Pem.belong(chain, file)) {
      problems.add(
          "%s is '%s'; allowed is the private key of the certificate in %s"
              .formatted(key.key(), file, certificate.key()));
    }
  }

  private String alone(Setting one, Setting missing) {
    return "%s is '%s'; allowed is that only together with %s"
        .formatted(one.key(), texts.get(one), missing.key());
  }

  /** HTTP/2 is agreed on over TLS. */
  private void refuseHttp2WithoutTls() {
    if (Boolean.TRUE.equals(values.get(Setting.UPSTREAM_HTTP2))) {
      Stream.of(Setting.UPSTREAM_URL, Setting.UPSTREAM_FALLBACK_URL)
          .filter(this::isWithoutTls)
          .forEach(setting -> problems.add(http2Over(setting)));
    }
  }

  /** The demonstration API, for want of a URL, has no TLS either. */
  private boolean isWithoutTls(Setting urls) {
    String text = texts.get(urls);
    return text == null
        ? urls == Setting.UPSTREAM_URL
        : Settings.parts(text.toLowerCase(Locale.ROOT)).stream()
            .anyMatch(url -> url.startsWith("http:"));
  }

  private String http2Over(Setting urls) {
    Object text = values.get(urls);
    return "cistern.upstream.http2 is '%s'; allowed is that only with https URLs, and %s is %s"
        .formatted(
            texts.get(Setting.UPSTREAM_HTTP2),
            urls.key(),
            text == null ? "not set" : "'" + UpstreamUrls.masked(text.toString()) + "'");
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
