package org.cistern.camel.settings;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.function.Predicate;
import java.util.stream.Stream;
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

  /**
   * Returns a sentence for each of them in {@code application.properties}, and for each variable
   * that Camel would take for one: those come before what the gateway tells Camel.
   */
  static List<String> refusals(Map<String, String> environment, Properties file) {
    Stream<String> ofFile =
        file.stringPropertyNames().stream()
            .sorted()
            .map(key -> refusal("application.properties", key, instead(of(key))));
    Stream<String> ofEnvironment =
        environment.keySet().stream()
            .filter(name -> !isOfService(name, environment))
            .sorted()
            .map(name -> refusal("the environment", name, instead(ofVariable(name))));
    return Stream.concat(ofFile, ofEnvironment).filter(Objects::nonNull).toList();
  }

  /** Camel passes over what a pod finds of a service that is named like one of the groups. */
  private static boolean isOfService(String name, Map<String, String> environment) {
    return Strangers.isOfService(name)
        || (name.endsWith("_PORT") && environment.getOrDefault(name, "").startsWith("tcp://"));
  }

  private static @Nullable String refusal(String where, String name, @Nullable String instead) {
    return instead == null
        ? null
        : "%s sets %s, which the gateway decides itself; allowed are %s"
            .formatted(where, name, instead);
  }

  private static @Nullable String instead(Predicate<String> isMeant) {
    return DECIDED.entrySet().stream()
        .filter(decided -> isMeant.test(decided.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(null);
  }

  private static Predicate<String> of(String key) {
    String plain = key.toLowerCase(Locale.ROOT).replace("-", "");
    return plain::startsWith;
  }

  /** Where words begin is lost on Camel, but the end of a group of keys is not. */
  private static Predicate<String> ofVariable(String name) {
    String dotted = name.toLowerCase(Locale.ROOT).replace('_', '.');
    return decided ->
        decided.endsWith(".")
            ? dotted.startsWith(decided)
            : dotted.replace(".", "").equals(decided.replace(".", ""));
  }
}
