package org.cistern.freshness;

import org.cistern.rule.Rule;

/**
 * Whether the origin takes back what is stored, by a response that is not stored itself: it must
 * not be given out for what is there now (RFC 9111 sections 3.2 and 4.3.3).
 */
public final class Withdrawal {

  private Withdrawal() {}

  /**
   * Tells whether a response takes it back.
   *
   * @param asked the request, a GET or HEAD
   * @param status its status code; of a 304 the stored answer is updated first
   * @param refused why it is not stored itself
   */
  public static boolean by(Asked asked, int status, Reason refused) {
    boolean whole = asked.request().method().equals("GET");
    return isForAnybody(asked) && (by(status, refused) || (whole && replaces(status, refused)));
  }

  /**
   * Tells whether what comes is what anybody would get who shares the stored answer: what the
   * origin has for somebody who gave a name says nothing of what it has for others.
   */
  public static boolean isForAnybody(Asked asked) {
    Rule rule = asked.rule();
    return rule != null && (rule.key().perUser() || !Users.isNamed(asked, rule.key()));
  }

  /**
   * Tells whether the response has other content, though that must not be kept: who has seen it is
   * not to see again what it replaced.
   */
  static boolean replaces(int status, Reason refused) {
    return switch (refused) {
      case NO_FRESHNESS, BORN_STALE, VARY_STAR ->
          status >= 200 && status < 400 && status != 206 && status != 304;
      default -> false;
    };
  }

  static boolean by(int status, Reason refused) {
    if (refused.isOfTheRequest()) {
      return false;
    }
    return switch (refused) {
      case STORED, NOT_FETCHED -> false;
      case NO_STORE_RESPONSE, PRIVATE, TOO_LARGE, TOO_SMALL -> speaksOfContent(status);
      default -> isGone(status);
    };
  }

  private static boolean isGone(int status) {
    return status == 404 || status == 410;
  }

  /**
   * Other errors are of the client, its request or rate, or the server, and not of what is there.
   */
  private static boolean speaksOfContent(int status) {
    return status < 400 || isGone(status);
  }
}
