package org.cistern.upstream;

/** An upstream gave no response, and why; has no stack trace, for it is an outcome. */
public final class UpstreamFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Kind kind;
  private final int retryAfter;

  /** Makes a failure of a kind, with a sentence that names the upstream. */
  public UpstreamFailure(Kind kind, String message) {
    this(kind, message, 0);
  }

  /** Makes a failure that says after how many seconds it may be tried again; 0: nothing known. */
  public UpstreamFailure(Kind kind, String message, int retryAfter) {
    super(message, null, false, false);
    this.kind = kind;
    this.retryAfter = retryAfter;
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
    CONNECT(502, "upstream-connect"),
    /** TLS failed. */
    TLS(502, "upstream-tls"),
    /** The connection broke before the head was whole. */
    DISCONNECT(502, "upstream-disconnect"),
    /** What came was not HTTP, or broke a limit. */
    PROTOCOL(502, "upstream-protocol"),
    /** The head did not come in time. */
    TIMEOUT(504, "upstream-timeout"),
    /** The breaker is open, or no instance is healthy. */
    UNAVAILABLE(503, "upstream-unavailable"),
    /** Too many requests wait for it already. */
    OVERLOAD(503, "upstream-overload"),
    /** The request's own body broke off, or was not as long as it said. */
    REQUEST(400, "request-cut"),
    /** Whoever asked gave up before there was a response. */
    CANCELLED(499, "request-cancelled"),
    /** No step of the route asked any upstream. */
    UNASKED(504, "not-fetched");

    private final int status;
    private final String label;

    Kind(int status, String label) {
      this.status = status;
      this.label = label;
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
