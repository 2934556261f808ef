package org.cistern.safety;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One combination of credentials, words of the origin, and words of the rule. */
record Case(
    int number, Credential credential, String vary, String control, boolean sets, Words words) {

  private static final List<String> VARIES = List.of("", "Authorization", "Cookie", "*");

  private static final List<String> CONTROLS =
      List.of(
          "",
          "max-age=600",
          "private, max-age=600",
          "public, max-age=600",
          "no-store",
          "s-maxage=600",
          "no-cache",
          "must-revalidate, max-age=600");

  private static final List<String> FEW_CONTROLS =
      List.of("", "max-age=600", "public, max-age=600");

  /** What two users bring along that makes the answers to them their own. */
  enum Credential {
    AUTHORIZATION("Authorization: Bearer ?", "Authorization: Bearer ?"),
    API_KEY("X-API-Key: ?", "X-API-Key: ?"),
    COOKIE("Cookie: sid=?", "Cookie: sid=?"),
    BOTH("Authorization: Bearer ?|Cookie: sid=?", "Authorization: Bearer ?|Cookie: sid=?"),
    KEY_AND_COOKIE("X-API-Key: ?|Cookie: sid=?", "X-API-Key: ?|Cookie: sid=?"),
    AUTHORIZATION_OR_NOTHING("Authorization: Bearer ?", ""),
    COOKIE_OR_KEY("Cookie: sid=?", "X-API-Key: ?"),
    COMMON_COOKIE("Authorization: Bearer ?|Cookie: sid=both", "X-API-Key: ?|Cookie: sid=both"),
    UNPROVEN("X-User: ?", "X-User: ?");

    private final String anns;
    private final String bobs;

    Credential(String anns, String bobs) {
      this.anns = anns;
      this.bobs = bobs;
    }

    /** The first kinds meet every word of the origin, the others the most telling ones. */
    boolean isCommon() {
      return ordinal() <= BOTH.ordinal();
    }

    private String of(String user) {
      return user.equals("ann") ? anns : bobs;
    }

    String[] headers(String user) {
      String lines = of(user).replace("?", user);
      return lines.isEmpty() ? new String[0] : lines.split(": |\\|");
    }

    boolean has(String field) {
      return anns.contains(field) || bobs.contains(field);
    }

    /** Tells whether the two do not bring the same in this field. */
    boolean differsIn(String field) {
      return has(field) && !(lineOf(anns, field).equals(lineOf(bobs, field)) && isSame(field));
    }

    private boolean isSame(String field) {
      return !lineOf(anns, field).contains("?");
    }

    private static String lineOf(String lines, String field) {
      return Arrays.stream(lines.split("\\|"))
          .filter(line -> line.startsWith(field + ":"))
          .findFirst()
          .orElse("");
    }

    boolean has(String field, String user) {
      return of(user).contains(field);
    }
  }

  static List<Case> all() {
    List<Case> all = new ArrayList<>();
    for (Words words : Words.all()) {
      for (Credential credential : Credential.values()) {
        boolean whole = credential.isCommon() && words.isSingle();
        for (String vary : whole ? VARIES : VARIES.subList(0, words.isSingle() ? 3 : 1)) {
          (whole ? CONTROLS : FEW_CONTROLS)
              .forEach(control -> add(all, credential, vary, control, false, words));
          FEW_CONTROLS.forEach(control -> add(all, credential, vary, control, true, words));
        }
      }
    }
    return all;
  }

  private static void add(
      List<Case> all,
      Credential credential,
      String vary,
      String control,
      boolean sets,
      Words words) {
    all.add(new Case(all.size(), credential, vary, control, sets, words));
  }

  String path() {
    return "/" + words.folder() + "/" + number;
  }

  /**
   * Tells whether somebody said in words that the answer to this user may go to the other: the rule
   * with {@code shared_despite_authorization} or {@code cookies: ignore}, or the origin with {@code
   * public}, {@code s-maxage} or {@code must-revalidate} (RFC 9111 section 3.5). A cookie alone
   * does not name a user where the origin itself gives a freshness and says nothing of Cookie in
   * Vary.
   */
  boolean mayBeShared(String owner) {
    boolean never =
        words.has("user_specific")
            || control.contains("private")
            || control.contains("no-store")
            || variesOnCredential()
            || (sets && !words.has("set_cookie"));
    return !never && namedMayShare(owner) && cookieMayBeShared(owner);
  }

  /** Tells whether another's cookie may go along: only with an answer that may go, and in words. */
  boolean mayShareCookie(String owner) {
    return words.has("set_cookie: store") && mayBeShared(owner);
  }

  private boolean variesOnCredential() {
    return vary.equals("*") || (!vary.isEmpty() && credential.differsIn(vary));
  }

  private boolean namedMayShare(String owner) {
    boolean originSays =
        control.contains("public")
            || control.contains("s-maxage")
            || control.contains("must-revalidate");
    boolean named =
        credential.has("Authorization", owner)
            || credential.has("X-API-Key", owner)
            || (credential.has("X-User", owner) && words.has("header:X-User"))
            || (credential.has("Cookie", owner) && words.has("cookie:sid"));
    return !named || originSays || words.has("shared_despite_authorization");
  }

  private boolean cookieMayBeShared(String owner) {
    // A cookie that the origin names in Vary is accounted for: only its like are given the answer.
    boolean accounted = vary.equals("Cookie");
    return !credential.has("Cookie", owner)
        || words.has("ignore: all")
        || accounted
        || isDatedByTheOrigin();
  }

  /** The one case that needs no words: see the entry on unknown cookies in decisions.md. */
  private boolean isDatedByTheOrigin() {
    boolean dated = control.contains("max-age") || control.contains("s-maxage");
    return dated && !words.has("override_origin") && !words.has("aggressive");
  }
}
