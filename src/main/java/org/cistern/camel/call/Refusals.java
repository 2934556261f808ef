package org.cistern.camel.call;

import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.cistern.http.Headers;
import org.jspecify.annotations.Nullable;

/** Replies of the gateway's own: problems as {@code application/problem+json} (RFC 9457). */
public final class Refusals {

  /** The media type of a problem. */
  public static final String TYPE = "application/problem+json";

  private Refusals() {}

  /**
   * Returns a problem.
   *
   * @param status the status code
   * @param title a few words that are the same for every such problem
   * @param detail a sentence about this one
   */
  public static Reply problem(int status, String title, String detail) {
    JsonObject problem =
        new JsonObject().put("status", status).put("title", title).put("detail", detail);
    return Reply.whole(
        status,
        Lines.of(Headers.of("content-type", TYPE, "cache-control", "no-store")),
        problem.toBuffer());
  }

  /** Returns the answer to one request too many, which may come again soon. */
  public static Reply overload(String detail) {
    Reply refused = problem(503, "Overload", detail);
    refused.edit("retry-after", List.of("1"));
    return refused;
  }

  /** Returns the answer to a TRACE that ends here (RFC 9110 section 9.3.8). */
  public static Reply notTraced() {
    Reply refused = problem(405, "Not traced", "The gateway does not send requests back.");
    refused.edit("allow", List.of("GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"));
    return refused;
  }

  /** Returns the answer to what is not HTTP, or breaks a limit of the server. */
  public static Reply malformed(@Nullable Throwable cause) {
    if (cause instanceof TooLongHttpLineException) {
      return problem(414, "URI too long", "The request line is longer than the gateway accepts.");
    }
    if (cause instanceof TooLongHttpHeaderException || cause instanceof TooLongFrameException) {
      return problem(431, "Fields too large", "The request head is larger than is accepted.");
    }
    return problem(400, "Bad request", "What was sent is not a valid HTTP request.");
  }
}
