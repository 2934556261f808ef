package org.cistern.freshness;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Decides whether a stale answer stands in for an origin that fails (RFC 5861 section 4). */
public final class StaleIfError {

  private StaleIfError() {}

  /**
   * Decides after the origin answered with an error: the response, the rule or the request must
   * have allowed it.
   *
   * @return null where the error has to go to the client
   */
  public static @Nullable Verdict onStatus(
      Asked asked, @Nullable Facts stored, Standing standing, int status, Instant now) {
    boolean allowed =
        isError(status)
            && stored != null
            && mayStandIn(asked, stored, standing)
            && isAllowed(asked, stored, now);
    return allowed ? new Verdict.ServeStale(Reason.STALE_IF_ERROR, false) : null;
  }

  /**
   * Decides after the origin gave no answer at all: it could not be reached, closed the connection,
   * or took too long. A cache that is disconnected may answer stale unless a directive forbids it
   * (RFC 9111 section 4.2.4), here for as long as the answer is kept; where origin or rule give a
   * stale-if-error, that is the bound.
   *
   * @return null where the failure has to go to the client
   */
  public static @Nullable Verdict onFailure(
      Asked asked, @Nullable Facts stored, Standing standing, Instant now) {
    if (stored == null || !mayStandIn(asked, stored, standing)) {
      return null;
    }
    if (isAllowed(asked, stored, now)) {
      return new Verdict.ServeStale(Reason.STALE_IF_ERROR, false);
    }
    return stored.mayStandInUnasked(now.toEpochMilli())
        ? new Verdict.ServeStale(Reason.DISCONNECTED, false)
        : null;
  }

  /** RFC 5861 lists four of them; RFC 9111 section 4.3.3 takes every one for no answer. */
  private static boolean isError(int status) {
    return status >= 500 && status <= 599;
  }

  /** Nothing in answer, request or purge log forbids it. */
  private static boolean mayStandIn(Asked asked, Facts stored, Standing standing) {
    return standing != Standing.GONE
        && !stored.isStrict()
        && !asked.directives().noCache()
        && Freshness.ownerMatches(asked, stored);
  }

  private static boolean isAllowed(Asked asked, Facts stored, Instant now) {
    return stored.withinStaleIfError(now.toEpochMilli(), asked.directives().staleIfError());
  }
}
