package org.cistern.safety;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One combination of credentials, words of the origin, and words of the rule. */
record Case(
    int number, Credential credential, String vary, String control, boolean sets, Flag flag) {

  static final List<String> VARIES = List.of("", "Authorization", "Cookie", "*");

  static final List<String> CONTROLS =
      List.of(
          "",
          "max-age=600",
          "private, max-age=600",
          "public, max-age=600",
          "no-store",
          "s-maxage=600",
          "no-cache",
          "must-revalidate, max-age=600");

  /** What a request brings along that makes its answer one user's own. */
  enum Credential {
    AUTHORIZATION,
    API_KEY,
    COOKIE,
    BOTH;

    String[] headers(String user) {
      return switch (this) {
        case AUTHORIZATION -> new String[] {"Authorization", "Bearer " + user};
        case API_KEY -> new String[] {"X-API-Key", user};
        case COOKIE -> new String[] {"Cookie", "sid=" + user};
        case BOTH -> new String[] {"Authorization", "Bearer " + user, "Cookie", "sid=" + user};
      };
    }

    boolean hasCookie() {
      return this == COOKIE || this == BOTH;
    }

    boolean hasAuthorization() {
      return this == AUTHORIZATION || this == BOTH;
    }

    boolean isNamed() {
      return this != COOKIE;
    }
  }

  /** What the rule says beside its ttl. */
  enum Flag {
    PLAIN(""),
    USER("user_specific: true"),
    SESSION("user_specific: true, identity: ['cookie:sid']"),
    OVERRIDE("override_origin: true"),
    AGGRESSIVE("strategy: aggressive"),
    STRIP("set_cookie: strip"),
    STORE("set_cookie: store"),
    SHARED("shared_despite_authorization: true"),
    IGNORE("cookies: {ignore: all}"),
    ALL_WORDS(
        "shared_despite_authorization: true, cookies: {ignore: all}, set_cookie: strip,"
            + " override_origin: true");

    private final String words;

    Flag(String words) {
      this.words = words;
    }

    String folder() {
      return name().toLowerCase(Locale.ROOT);
    }

    String rule() {
      String more = words.isEmpty() ? "" : ", " + words;
      return "- {id: %1$s, path_pattern: /%1$s/**, cache_ttl: 600%2$s}%n".formatted(folder(), more);
    }

    boolean isPerUser() {
      return this == USER || this == SESSION;
    }

    boolean has(String word) {
      return words.contains(word);
    }
  }

  static List<Case> all() {
    List<Case> all = new ArrayList<>();
    for (Flag flag : Flag.values()) {
      for (Credential credential : Credential.values()) {
        for (String vary : VARIES) {
          for (String control : CONTROLS) {
            all.add(new Case(all.size(), credential, vary, control, false, flag));
            all.add(new Case(all.size(), credential, vary, control, true, flag));
          }
        }
      }
    }
    return all;
  }

  static String rules() {
    StringBuilder rules = new StringBuilder("rules:\n");
    for (Flag flag : Flag.values()) {
      rules.append(flag.rule());
    }
    return rules.toString();
  }

  String path() {
    return "/" + flag.folder() + "/" + number;
  }

  /**
   * Tells whether somebody said in words that users share: the rule with {@code
   * shared_despite_authorization} or {@code cookies: ignore}, or the origin with {@code public},
   * {@code s-maxage} or {@code must-revalidate} (RFC 9111 section 3.5). A cookie alone does not
   * name a user where the origin itself gives a freshness and says nothing of Cookie in Vary.
   */
  boolean mayBeShared() {
    boolean never =
        flag.isPerUser()
            || control.contains("private")
            || control.contains("no-store")
            || variesOnCredential()
            || (sets && !flag.has("set_cookie"));
    return !never && namedMayShare() && cookieMayBeShared();
  }

  private boolean variesOnCredential() {
    return vary.equals("*")
        || (vary.equals("Cookie") && credential.hasCookie())
        || (vary.equals("Authorization") && credential.hasAuthorization());
  }

  private boolean namedMayShare() {
    boolean originSays =
        control.contains("public")
            || control.contains("s-maxage")
            || control.contains("must-revalidate");
    return !credential.isNamed() || originSays || flag.has("shared_despite_authorization");
  }

  private boolean cookieMayBeShared() {
    boolean originsOwn =
        (control.contains("max-age") || control.contains("s-maxage"))
            && !flag.has("override_origin")
            && !flag.has("aggressive");
    return !credential.hasCookie() || flag.has("ignore: all") || originsOwn;
  }
}
