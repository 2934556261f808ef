package org.cistern.camel.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Settings that are read and checked, and have no effect in this version. */
final class NotYet {

  /** What belongs to the second tier, beside the host that it is switched on with. */
  private static final Set<Setting> REDIS =
      Set.of(
          Setting.REDIS_PORT,
          Setting.REDIS_DB,
          Setting.REDIS_PASSWORD,
          Setting.REDIS_MAX_CONNECTIONS,
          Setting.L2_TTL,
          Setting.KEY_PREFIX);

  private NotYet() {}

  /** Returns a sentence for each kind of what was set in vain. */
  static List<String> warnings(Set<Setting> given) {
    List<String> warnings = new ArrayList<>();
    if (given.contains(Setting.REDIS_HOST)) {
      warnings.add("redis.host is set, but this version has no Redis tier yet");
    } else if (given.stream().anyMatch(REDIS::contains)) {
      warnings.add(names(given, REDIS) + " is set without redis.host: there is no second tier");
    }
    if (given.contains(Setting.ADMIN_TOKEN)) {
      warnings.add("cistern.admin.token is set, but this version has no admin API yet");
    }
    if (given.contains(Setting.SERIALIZATION_METHOD)) {
      warnings.add("cache.serialization.method is set, but this version has no value store yet");
    }
    return warnings;
  }

  private static String names(Set<Setting> given, Set<Setting> among) {
    return given.stream()
        .filter(among::contains)
        .map(Setting::key)
        .collect(Collectors.joining(", "));
  }
}
