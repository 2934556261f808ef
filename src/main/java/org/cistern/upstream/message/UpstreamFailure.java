package org.cistern.upstream.message;

/** An upstream gave no response, and why; has no stack trace, for it is an outcome. */
public final class UpstreamFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Kind kind;
  private final int retryAfter;
  private final boolean repeatable;

  /**
   * Makes a failure of a kind, with a sentence that names the upstream, after which the request is
   * not sent anywhere else.
   */
  public UpstreamFailure(Kind kind, String message) {
    this(kind, message, 0, false);
  }

  /**
   * Makes a failure.
   *
   * @param retryAfter after how many seconds it may be tried again; 0: nothing known
   * @param repeatable whether another upstream may be asked the same
   */
  public UpstreamFailure(Kind kind, String message, int retryAfter, boolean repeatable) {
    super(message, null, false, false);
    this.kind = kind;
    this.retryAfter = retryAfter;
    this.repeatable = repeatable;
  }

  /**
   * Tells whether the request may be sent to another upstream: nothing of it was sent, or it is
   * idempotent and its body is still there.
   */
  public boolean repeatable() {
    return repeatable;
  }

  /** Returns the seconds for {@code Retry-After}, or 0 where nothing is known. */
  public int retryAfter() {
    return retryAfter;
  }

  /** Returns what kind of failure it is. */
  public Kind kind() {
    return kind;
  }

  /** Why there is no response. */
  public enum Kind {
    /** No connection could be made, or the name not resolved. */
    CONNECT(502, "upstream-connect", "The upstream cannot be reached."),
    /** TLS failed. */
    TLS(502, "upstream-tls", "The upstream cannot be trusted."),
    /** The connection broke before the head was whole. */
    DISCONNECT(502, "upstream-disconnect", "The upstream broke off before it answered."),
    /** What came was not HTTP, or broke a limit. */
    PROTOCOL(502, "upstream-protocol", "The upstream gave no valid answer."),
    /** The head did not come in time. */
    TIMEOUT(504, "upstream-timeout", "The upstream did not answer in time."),
    /** The breaker is open, or no instance is healthy. */
    UNAVAILABLE(503, "upstream-unavailable", "The upstream is left alone for a while."),
    /** Too many requests wait for it already. */
    OVERLOAD(503, "upstream-overload", "Too many requests wait for the upstream."),
    /** The request's own body broke off, or was not as long as it said. */
    REQUEST(400, "request-cut", "The request is not whole, or cannot be passed on."),
    /** The request's own body did not come in time. */
    REQUEST_TIMEOUT(408, "request-timeout", "The request's body did not come in time."),
    /** Whoever asked gave up before there was a response. */
    CANCELLED(499, "request-cancelled", "The request was given up."),
    /** No step of the route asked any upstream. */
    UNASKED(504, "not-fetched", "No step of the upstream route asked an upstream.");

    private final int status;
    private final String label;
    private final String sentence;

    Kind(int status, String label, String sentence) {
      this.status = status;
      this.label = label;
      this.sentence = sentence;
    }

    /** Tells whether it is whoever asked who failed, which says nothing of the upstream. */
    public boolean isAskers() {
      return this == REQUEST || this == REQUEST_TIMEOUT || this == CANCELLED;
    }

    /** Tells whether the request may have reached an upstream and had its effect there. */
    public boolean mayHaveArrived() {
      return switch (this) {
        case CONNECT, TLS, UNAVAILABLE, OVERLOAD, UNASKED -> false;
        default -> true;
      };
    }

    /** Returns what a client may be told of it: nothing of the network behind. */
    public String sentence() {
      return sentence;
    }

    /** Returns the status that the client gets where nothing better is left. */
    public int status() {
      return status;
    }

    /** Returns the name used in metrics, logs and {@code Cache-Status}. */
    public String label() {
      return label;
    }
  }
}
