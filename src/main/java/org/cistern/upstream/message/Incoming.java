package org.cistern.upstream.message;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.streams.ReadStream;
import java.time.Instant;
import org.cistern.http.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A response of an upstream while it arrives: the head is here, the body is paused until somebody
 * reads it. All of it is used on the event loop that asked.
 */
public interface Incoming {

  /** Returns the head of the response. */
  Head head();

  /**
   * Returns the body, paused and read at most once. Its end handler runs only where the body came
   * whole; a cut, a reset or a body short of its length runs the exception handler instead.
   */
  ReadStream<Buffer> body();

  /** Returns the trailers; empty until the body has ended. */
  Headers trailers();

  /**
   * Returns the connection itself, paused, where the upstream changed to another protocol (status
   * 101); null for every other response. There is no body then.
   */
  @Nullable NetSocket socket();

  /** Gives the response up: the connection or stream behind it is closed. */
  void cancel();

  /**
   * The head of a final response.
   *
   * @param status the status code
   * @param headers the fields, hop-by-hop fields already taken off
   * @param length the body's length where it is declared, or -1; 0 for what has no body (HEAD, 204,
   *     304), whatever {@code Content-Length} says there
   * @param closeDelimited the body ends where the connection does (RFC 9112 section 6.3)
   * @param maimed {@code Connection} took off a field without which nobody can say who may have the
   *     response, and for how long: it is for the client that asked, and for no cache
   * @param requestTime when the request was sent
   * @param responseTime when this head was received
   * @param version the version of HTTP that it came in: {@code 1.0}, {@code 1.1}, {@code 2}
   */
  record Head(
      int status,
      Headers headers,
      long length,
      boolean closeDelimited,
      boolean maimed,
      Instant requestTime,
      Instant responseTime,
      String version) {

    /** Makes the head of a response that came whole, in HTTP/1.1 or over no wire at all. */
    public Head(
        int status,
        Headers headers,
        long length,
        boolean closeDelimited,
        Instant requestTime,
        Instant responseTime) {
      this(status, headers, length, closeDelimited, false, requestTime, responseTime, "1.1");
    }

    /** Returns the same head with other fields. */
    public Head with(int otherStatus, Headers others) {
      return new Head(
          otherStatus, others, length, closeDelimited, maimed, requestTime, responseTime, version);
    }
  }
}
