package org.cistern.camel.settings;

import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Names that look like settings and are none, each with the one that may have been meant. */
final class Strangers {

  private static final List<String> KEYS = List.of("cistern.", "cache.", "redis.");
  private static final Pattern NAMES = Pattern.compile("(CISTERN|CACHE|REDIS)_.+");

  /** What a pod finds in its environment of services that are named like one of ours. */
  private static final Pattern KUBERNETES =
      Pattern.compile(".+_(SERVICE_HOST|SERVICE_PORT(_.+)?|PORT_\\d+_(TCP|UDP|SCTP)(_.+)?)");

  private Strangers() {}

  /**
   * Returns a sentence for each unknown key of {@code application.properties}; the name of a
   * variable is none.
   */
  static List<String> of(Properties file) {
    return file.stringPropertyNames().stream()
        .filter(key -> KEYS.stream().anyMatch(key::startsWith) || NAMES.matcher(key).matches())
        .filter(key -> Setting.of(key).isEmpty())
        .sorted()
        .map(key -> sentence("application.properties", key, meant(key)))
        .toList();
  }

  private static String meant(String key) {
    if (!NAMES.matcher(key).matches()) {
      return Nearest.to(key, Setting::key);
    }
    String variable = key.replaceFirst("_FILE$", "");
    return NamedUpstreams.key(variable)
        .orElseGet(() -> Nearest.setting(variable, Setting::variable).key());
  }

  /**
   * Returns a sentence for each unknown variable; to be warned of alone, for the environment
   * belongs to others, too.
   */
  static List<String> of(Map<String, String> environment) {
    return environment.keySet().stream()
        .filter(name -> NAMES.matcher(name).matches() && !isOfService(name))
        .filter(name -> known().noneMatch(name::equals))
        .sorted()
        .map(name -> sentence("the environment", name, Nearest.to(name, Setting::variable)))
        .toList();
  }

  /** Tells whether a pod finds such a variable in its environment because of a service. */
  static boolean isOfService(String variable) {
    return KUBERNETES.matcher(variable).matches();
  }

  private static Stream<String> known() {
    return Stream.of(Setting.values())
        .map(Setting::variable)
        .flatMap(name -> Stream.of(name, name + "_FILE"));
  }

  private static String sentence(String where, String name, String nearest) {
    String sentence = where + " sets " + name + ", which is not a setting";
    return NamedUpstreams.missing(name)
        .filter(url -> !Nearest.isMisspelt(name))
        .map(url -> sentence + " without " + url)
        .orElse(sentence + "; did you mean " + nearest + "?");
  }
}
