package org.cistern.upstream.exchange;

/** The waiting of a request's body for a 100 (RFC 9110 section 10.1.1), which has an end. */
final class Expectation {

  private static final long NEVER = Long.MAX_VALUE;

  private long due = NEVER;
  private boolean told;

  /** The body waits until this tick at most. */
  void await(long tick) {
    due = tick;
  }

  /** Tells whether it waited long enough. */
  boolean isOver(long tick) {
    return tick >= due;
  }

  /** Takes note of an interim response; tells whether it is news to the client. */
  boolean isNews(int status) {
    boolean news = status != 100 || !told;
    if (status == 100) {
      told = true;
      due = NEVER;
    }
    return news;
  }
}
