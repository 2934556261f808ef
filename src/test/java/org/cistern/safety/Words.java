package org.cistern.safety;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a rule says beside its ttl: nothing, one thing, two, or all that have users share. */
record Words(List<Flag> flags) {

  /** One thing that a rule can say. */
  enum Flag {
    USER("user_specific: true"),
    SESSION("user_specific: true, identity: ['cookie:sid']"),
    CERTIFICATE("user_specific: true, identity: [certificate, 'header:X-User', 'cookie:sid']"),
    OVERRIDE("override_origin: true"),
    AGGRESSIVE("strategy: aggressive"),
    STRIP("set_cookie: strip"),
    STORE("set_cookie: store"),
    SHARED("shared_despite_authorization: true"),
    IGNORE("cookies: {ignore: all}"),
    OTHER_IDENTITY("identity: ['header:X-User', 'cookie:sid']");

    private final String words;

    Flag(String words) {
      this.words = words;
    }

    private boolean says(String field) {
      return words.contains(field + ":");
    }

    /** No field can be said twice, and one contradiction is refused by the loader. */
    private boolean goesWith(Flag other) {
      boolean twice =
          List.of("user_specific", "identity", "set_cookie").stream()
              .anyMatch(field -> says(field) && other.says(field));
      return !twice && !(says("user_specific") && other == SHARED);
    }
  }

  static List<Words> all() {
    List<Words> all = new ArrayList<>(List.of(new Words(List.of())));
    for (Flag one : Flag.values()) {
      all.add(new Words(List.of(one)));
      for (Flag other : Flag.values()) {
        if (one.ordinal() < other.ordinal() && one.goesWith(other)) {
          all.add(new Words(List.of(one, other)));
        }
      }
    }
    all.add(new Words(List.of(Flag.SHARED, Flag.IGNORE, Flag.STRIP, Flag.OVERRIDE)));
    return all;
  }

  static String rules() {
    return all().stream().map(Words::rule).collect(Collectors.joining("", "rules:\n", ""));
  }

  private String rule() {
    String more = flags.stream().map(flag -> ", " + flag.words).collect(Collectors.joining());
    return "- {id: %1$s, path_pattern: /%1$s/**, cache_ttl: 600%2$s}%n".formatted(folder(), more);
  }

  String folder() {
    String names = flags.stream().map(Flag::name).collect(Collectors.joining("-"));
    return names.isEmpty() ? "plain" : names.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  boolean isSingle() {
    return flags.size() <= 1;
  }

  boolean is(Flag flag) {
    return flags.equals(List.of(flag));
  }

  boolean has(String words) {
    return flags.stream().anyMatch(flag -> flag.words.contains(words));
  }
}
