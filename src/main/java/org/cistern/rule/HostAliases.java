package org.cistern.rule;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Which hosts are one site and share their answers. The host is in every key; a host that is in no
 * group here shares nothing with any other, so that an invented {@code Host} reaches nobody else.
 */
public final class HostAliases {

  private static final HostAliases NONE = new HostAliases(Map.of());

  private final Map<String, String> names;

  private HostAliases(Map<String, String> names) {
    this.names = Map.copyOf(names);
  }

  /** Returns the aliases where every host stands for itself. */
  public static HostAliases none() {
    return NONE;
  }

  /**
   * Returns aliases of groups of hosts; in each, all hosts are keyed as the first one.
   *
   * @param groups hosts as in {@code Host}, with the port where it is not the scheme's own
   * @throws IllegalArgumentException where a host is in two groups
   */
  public static HostAliases of(List<List<String>> groups) {
    Map<String, String> names = new HashMap<>();
    for (List<String> group : groups) {
      for (String host : group) {
        enter(names, lower(host), lower(group.get(0)));
      }
    }
    return names.isEmpty() ? NONE : new HostAliases(names);
  }

  private static void enter(Map<String, String> names, String host, String name) {
    String before = names.put(host, name);
    if (before != null && !before.equals(name)) {
      throw new IllegalArgumentException(
          "the host '" + host + "' is in the group of '" + before + "' and of '" + name + "'");
    }
  }

  private static String lower(String host) {
    return host.toLowerCase(Locale.ROOT);
  }

  /** Returns the other hosts of a host's group; none where it stands for itself. */
  public List<String> othersOf(String host) {
    String name = names.get(host);
    return name == null
        ? List.of()
        : names.keySet().stream()
            .filter(other -> !other.equals(host) && name.equals(names.get(other)))
            .toList();
  }

  /** Returns the host under which answers of a host in lower case are keyed. */
  public String nameOf(String host) {
    return names.isEmpty() ? host : names.getOrDefault(host, host);
  }
}
