package org.cistern.upstream.wire;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/**
 * The head of a response as it arrived.
 *
 * @param status the status code
 * @param version the version of HTTP that it came in
 * @param fields all its fields, those of the connection among them
 */
public record Arrival(int status, HttpVersion version, MultiMap fields) {

  /** Returns the head of a response that Vert.x has read. */
  public static Arrival of(HttpClientResponse response) {
    return new Arrival(response.statusCode(), response.version(), response.headers());
  }

  /** Returns what makes it a response that cannot be read, or null where nothing does. */
  public @Nullable String problem() {
    if (!isFinal()) {
      return "the status is " + status;
    }
    return ResponseHeads.isCoded(fields)
        ? "its content is coded for the transfer, which nobody asked for"
        : null;
  }

  /** RFC 9110 section 15: three digits; interim responses do not come so far. */
  private boolean isFinal() {
    return (status >= 200 && status <= 999) || status == 101;
  }
}
