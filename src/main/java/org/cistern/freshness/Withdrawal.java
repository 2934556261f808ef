package org.cistern.freshness;

/**
 * Whether the origin takes back what is stored, by a response that is not stored itself: it must
 * not be given out for what is there now (RFC 9111 sections 3.2 and 4.3.3).
 */
public final class Withdrawal {

  private Withdrawal() {}

  /**
   * Tells whether a response to a GET or HEAD takes it back.
   *
   * @param status its status code; of a 304 the stored answer is updated first
   * @param refused why it is not stored itself
   */
  public static boolean by(int status, Reason refused) {
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
   * Other errors are about the request, its rate or the server: they say nothing of what is there.
   */
  private static boolean speaksOfContent(int status) {
    return status < 400 || status == 401 || status == 403 || status == 451 || isGone(status);
  }
}
