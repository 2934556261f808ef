package org.cistern.upstream.message;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.time.Duration;
import java.util.Set;
import org.cistern.http.Fields;
import org.cistern.http.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A request to an upstream.
 *
 * @param method the method, case as sent
 * @param target path and query as they stand in the request line, beginning with a slash; the
 *     instance's base path comes before it
 * @param headers the end-to-end fields. {@code Host}, {@code Content-Length} and {@code
 *     Transfer-Encoding} among them are left out: they follow from the next components
 * @param host the value of {@code Host}, or null for the instance's own
 * @param body the body, paused and not yet read, or null where there is none
 * @param length the body's length in bytes, or -1 where it is not known (sent chunked)
 * @param headTimeout how long the response's head may take, or null for the upstream's own setting
 * @param upgrade the protocol to change to ({@code websocket}), or null; such a request is a GET,
 *     goes over a connection of its own and is not counted among the upstream's others
 * @param interim is told of interim responses, or null where they are dropped
 */
public record Outgoing(
    String method,
    String target,
    Fields headers,
    @Nullable String host,
    @Nullable ReadStream<Buffer> body,
    long length,
    @Nullable Duration headTimeout,
    @Nullable String upgrade,
    @Nullable Interim interim) {

  private static final Set<String> IDEMPOTENT =
      Set.of("GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE");

  /** Is told of interim (1xx) responses, on the event loop that asked. */
  @FunctionalInterface
  public interface Interim {

    /**
     * Takes one interim response (RFC 9110 section 15.2). Status 100 comes at most once, and also
     * where the upstream kept silent about it and the body is wanted all the same.
     */
    void interim(int status, Headers headers);
  }

  /** Returns a request without a body, with the instance's own host. */
  public static Outgoing of(String method, String target, Fields headers) {
    return new Outgoing(method, target, headers, null, null, 0, null, null, null);
  }

  /** Returns this request with a body of {@code length} bytes, or -1 where it is not known. */
  public Outgoing withBody(ReadStream<Buffer> newBody, long newLength) {
    return new Outgoing(
        method, target, headers, host, newBody, newLength, headTimeout, upgrade, interim);
  }

  /** Returns this request with this value of {@code Host}. */
  public Outgoing withHost(String newHost) {
    return new Outgoing(
        method, target, headers, newHost, body, length, headTimeout, upgrade, interim);
  }

  /** Returns this request with a limit of its own for the response's head. */
  public Outgoing withHeadTimeout(Duration newTimeout) {
    return new Outgoing(method, target, headers, host, body, length, newTimeout, upgrade, interim);
  }

  /** Returns this request as one that asks for another protocol (RFC 9110 section 7.8). */
  public Outgoing withUpgrade(String protocol) {
    return new Outgoing(
        method, target, headers, host, body, length, headTimeout, protocol, interim);
  }

  /** Returns this request with a listener for interim responses. */
  public Outgoing withInterim(Interim newInterim) {
    return new Outgoing(
        method, target, headers, host, body, length, headTimeout, upgrade, newInterim);
  }

  /** Tells whether sending it twice does what sending it once does (RFC 9110 section 9.2.2). */
  public boolean idempotent() {
    return IDEMPOTENT.contains(method);
  }

  /** Tells whether the client waits for a 100 before it sends (RFC 9110 section 10.1.1). */
  public boolean expectsContinue() {
    return body != null && "100-continue".equalsIgnoreCase(headers.first("Expect"));
  }
}
