package org.cistern.camel.settings;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Keys of Camel's that have no effect here, for the gateway itself decides on them. */
final class CamelKeys {

  /** How the keys begin, in small letters and without hyphens, and what is there in their place. */
  private static final Map<String, String> DECIDED =
      Map.of(
          "camel.main.routesincludepattern", "routes in routes/*.camel.yaml",
          "camel.component.kamelet.location", "Kamelets in routes/kamelets",
          "camel.server.", "cistern.port and the settings beside it",
          "camel.management.", "cistern.management.port and the settings beside it");

  private CamelKeys() {}

  /** Returns a sentence for each of them in {@code application.properties}. */
  static List<String> refusals(Properties file) {
    return file.stringPropertyNames().stream()
        .filter(key -> instead(key) != null)
        .sorted()
        .map(CamelKeys::refusal)
        .toList();
  }

  private static String refusal(String key) {
    return "application.properties sets %s, which the gateway decides itself; allowed are %s"
        .formatted(key, instead(key));
  }

  private static @Nullable String instead(String key) {
    String plain = key.toLowerCase(Locale.ROOT).replace("-", "");
    return DECIDED.entrySet().stream()
        .filter(decided -> plain.startsWith(decided.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(null);
  }
}
