package org.cistern.camel.settings;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The settings of upstreams that have a name: {@code cistern.upstream.NAME.url}, and beside it
 * whatever else there is of {@code cistern.upstream}. They are taken out of all settings, read as
 * if they were those of the primary upstream, and spoken of by their own names.
 */
final class NamedUpstreams {

  private static final String PREFIX = "cistern.upstream.";
  private static final String VARIABLES = "CISTERN_UPSTREAM_";
  private static final Pattern KEY =
      Pattern.compile("cistern\\.upstream\\.([a-z][a-z0-9-]{0,31})\\.url");
  private static final Pattern VARIABLE =
      Pattern.compile("CISTERN_UPSTREAM_([A-Z][A-Z0-9_]{0,31})_URL(_FILE)?");

  private static final String OWN_KEY = "(cistern\\.upstream\\.([a-z][a-z0-9-]{0,31}))\\.";
  private static final String OWN_VARIABLE = "(CISTERN_UPSTREAM_([A-Z][A-Z0-9_]{0,31}))_";

  /** What would be taken for something else; so would every name that ends with -fallback. */
  private static final Set<String> TAKEN = Set.of("primary", "fallback", "tls");

  /** What holds for every upstream that does not say otherwise; the rest is each one's own. */
  private static final Set<Setting> COMMON =
      EnumSet.of(
          Setting.UPSTREAM_HOST,
          Setting.UPSTREAM_CONNECT_TIMEOUT,
          Setting.UPSTREAM_TIMEOUT,
          Setting.UPSTREAM_IDLE_TIMEOUT,
          Setting.UPSTREAM_MAX_CONNECTIONS,
          Setting.UPSTREAM_MAX_WAITING,
          Setting.UPSTREAM_HEALTH_INTERVAL);

  private final Map<String, String> environment;
  private final Properties file = new Properties();
  private final Map<String, Settings> all = new TreeMap<>();
  private final Map<String, Set<Setting>> given = new HashMap<>();
  private final List<String> problems = new ArrayList<>();

  /** Takes them out of what is set in the environment and in the file. */
  NamedUpstreams(Map<String, String> environment, Properties file) {
    this.environment = new HashMap<>(environment);
    file.stringPropertyNames().forEach(key -> this.file.put(key, file.getProperty(key)));
    names().forEach(this::read);
  }

  private Set<String> names() {
    Set<String> names = new TreeSet<>();
    for (String key : file.stringPropertyNames()) {
      Matcher named = KEY.matcher(key);
      if (named.matches()) {
        names.add(named.group(1));
      }
    }
    for (String variable : environment.keySet()) {
      Matcher named = VARIABLE.matcher(variable);
      if (named.matches()) {
        names.add(name(named));
      }
    }
    names.removeIf(NamedUpstreams::isTaken);
    return names;
  }

  /** Returns the key of a URL whose variable this is, if it is that of a named upstream. */
  static Optional<String> key(String variable) {
    Matcher named = VARIABLE.matcher(variable);
    return named.matches() && !isTaken(name(named))
        ? Optional.of(PREFIX + name(named) + ".url")
        : Optional.empty();
  }

  /** Returns the URL without which a name is none, if it would be that of a named upstream. */
  static Optional<String> missing(String name) {
    boolean key = name.startsWith(PREFIX);
    return Stream.of(Setting.values())
        .filter(setting -> setting != Setting.UPSTREAM_URL && setting.key().startsWith(PREFIX))
        .map(setting -> key ? setting.key() : setting.variable() + "(?:_FILE)?")
        // The longest first, or a connect time-out would be the time-out of another upstream.
        .sorted(Comparator.comparingInt(String::length).reversed())
        .map(setting -> (key ? OWN_KEY : OWN_VARIABLE) + setting.substring(PREFIX.length()))
        .map(setting -> Pattern.compile(setting).matcher(name))
        .filter(own -> own.matches() && !isTaken(own.group(2).toLowerCase(Locale.ROOT)))
        .findFirst()
        .map(own -> own.group(1) + (key ? ".url" : "_URL"));
  }

  private static String name(Matcher variable) {
    return variable.group(1).toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static boolean isTaken(String name) {
    return TAKEN.contains(name) || name.endsWith("-fallback");
  }

  private void read(String name) {
    String key = PREFIX + name + '.';
    String variable = VARIABLES + name.toUpperCase(Locale.ROOT).replace('-', '_') + '_';
    Properties ownFile = new Properties();
    for (String each : Set.copyOf(file.stringPropertyNames())) {
      if (each.startsWith(key)) {
        ownFile.put(PREFIX + each.substring(key.length()), file.remove(each));
      }
    }
    Map<String, String> own = ownVariables(variable);
    given.put(name, given(own, ownFile));
    try {
      all.put(name, SettingsLoader.ofUpstream(own, ownFile));
    } catch (SettingsException e) {
      String.valueOf(e.getMessage())
          .lines()
          .forEach(each -> problems.add(renamed(each, key, variable)));
    }
  }

  private Map<String, String> ownVariables(String prefix) {
    Map<String, String> own = new HashMap<>();
    for (Setting setting : Setting.values()) {
      if (setting.key().startsWith(PREFIX)) {
        String rest = setting.variable().substring(VARIABLES.length());
        move(prefix + rest, setting.variable(), own);
        move(prefix + rest + "_FILE", setting.variable() + "_FILE", own);
      }
    }
    return own;
  }

  private void move(String from, String to, Map<String, String> own) {
    String value = environment.remove(from);
    if (value != null) {
      own.put(to, value);
    }
  }

  private static Set<Setting> given(Map<String, String> environment, Properties file) {
    Set<Setting> given = EnumSet.noneOf(Setting.class);
    for (Setting setting : Setting.values()) {
      if (file.containsKey(setting.key())
          || environment.containsKey(setting.variable())
          || environment.containsKey(setting.variable() + "_FILE")) {
        given.add(setting);
      }
    }
    return given;
  }

  private static String renamed(String problem, String key, String variable) {
    return problem.replace(PREFIX, key).replace(VARIABLES, variable);
  }

  /** Returns the environment without theirs. */
  Map<String, String> environment() {
    return environment;
  }

  /** Returns the file's properties without theirs. */
  Properties file() {
    return file;
  }

  /** Returns a sentence for each thing that is wrong with them. */
  List<String> problems() {
    return problems;
  }

  /** Returns the settings of each, where they say nothing those that hold for all. */
  Map<String, Settings> over(Settings common) {
    Map<String, Settings> over = new TreeMap<>();
    all.forEach(
        (name, own) -> {
          Set<Setting> taken = EnumSet.copyOf(COMMON);
          taken.removeAll(given.getOrDefault(name, Set.of()));
          over.put(name, own.with(taken, common));
        });
    return over;
  }
}
