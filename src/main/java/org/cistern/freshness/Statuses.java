package org.cistern.freshness;

import java.util.Set;

/** What the status codes of RFC 9110 mean to a cache. */
public final class Statuses {

  /** RFC 9110 section 15.1. */
  private static final Set<Integer> HEURISTIC =
      Set.of(200, 203, 204, 206, 300, 301, 308, 404, 405, 410, 414, 501);

  /**
   * Responses that answer this one request's conditions, range or way, and no other request: no
   * freshness makes them fit for reuse.
   */
  private static final Set<Integer> NEVER = Set.of(304, 407, 412, 416, 417, 421, 426);

  /** Responses that speak of who asks: a rule's lifetime alone must not spread them. */
  private static final Set<Integer> PERSONAL = Set.of(401, 403, 429);

  private static final Set<Integer> UNDERSTOOD =
      Set.of(
          200, 201, 202, 203, 204, 205, 300, 301, 302, 303, 307, 308, 400, 401, 402, 403, 404, 405,
          406, 408, 409, 410, 411, 413, 414, 415, 422, 500, 501, 502, 503, 504, 505);

  private Statuses() {}

  /** Tells whether a response with this status may be fresh without the origin saying so. */
  static boolean heuristicallyCacheable(int status) {
    return HEURISTIC.contains(status);
  }

  /** Tells whether the requirements of this status are known here (RFC 9111 section 5.2.2.3). */
  static boolean understood(int status) {
    return UNDERSTOOD.contains(status);
  }

  /** Tells whether no response with this status is kept, whatever origin and rule say. */
  public static boolean neverStored(int status) {
    return status < 200 || NEVER.contains(status);
  }

  static boolean personal(int status) {
    return PERSONAL.contains(status);
  }

  static boolean isError(int status) {
    return status >= 400;
  }
}
